package dev.parley.shared;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does the same thing again and again on a thread of its own, a platform thread: what hangs on time must not queue
/// behind virtual ones. A beat that takes longer than the period delays the next.
public final class Ticker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Ticker.class);

    private final Semaphore calls = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    private Ticker(String name, Duration period, Runnable work) {
        thread = Thread.ofPlatform().name(name).daemon().unstarted(() -> run(period.toNanos(), work));
    }

    public static Ticker start(String name, Duration period, Runnable work) {
        Ticker ticker = new Ticker(name, period, work);
        ticker.thread.start();
        return ticker;
    }

    private void run(long period, Runnable work) {
        long next = System.nanoTime();
        try {
            while (true) {
                boolean called = calls.tryAcquire(Math.max(0, next - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (closed) {
                    return;
                }
                calls.drainPermits();
                next = called ? System.nanoTime() + period : Math.max(next + period, System.nanoTime());
                try {
                    work.run();
                } catch (RuntimeException e) {
                    // Whatever it is, the next beat comes: much hangs on it.
                    log.error("A beat of {} failed.", thread.getName(), e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Lets the next beat come at once.
    public void hurry() {
        calls.release();
    }

    /// Returns when the beat that runs, if any, is over.
    @Override
    public void close() {
        closed = true;
        calls.release();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
