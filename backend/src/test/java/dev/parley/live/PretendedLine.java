package dev.parley.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A line whose reader reads when a test says so.
final class PretendedLine implements Line {
    final List<String> sent = new CopyOnWriteArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean reads = true;
    private boolean waits;
    private int pings;
    private boolean cut;
    private @Nullable Closing closing;

    @Override
    public void send(String frame, BooleanSupplier hopeless) throws IOException {
        lock.lock();
        try {
            waits = true;
            changed.signalAll();
            while (!reads) {
                if (hopeless.getAsBoolean()) {
                    throw new TooSlow();
                }
                changed.awaitNanos(1_000_000);
            }
            waits = false;
            sent.add(frame);
            changed.signalAll();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            lock.unlock();
        }
    }

    void stopReading() {
        lock.lock();
        try {
            reads = false;
        } finally {
            lock.unlock();
        }
    }

    void read() {
        lock.lock();
        try {
            reads = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Until somebody waits for the reader.
    void awaitWriter() throws InterruptedException {
        lock.lock();
        try {
            while (reads || !waits) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    List<String> awaitSent(int count) throws InterruptedException {
        lock.lock();
        try {
            while (sent.size() < count) {
                changed.await();
            }
            return new ArrayList<>(sent);
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Closing awaitClosing() throws InterruptedException {
        lock.lock();
        try {
            while (closing == null) {
                changed.await();
            }
            return closing;
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Closing closing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    int pings() {
        return pings;
    }

    boolean isCut() {
        return cut;
    }

    @Override
    public void ping() {
        pings++;
    }

    @Override
    public void close(Closing why) {
        lock.lock();
        try {
            closing = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void cut() {
        cut = true;
    }
}
