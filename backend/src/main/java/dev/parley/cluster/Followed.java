package dev.parley.cluster;

import dev.parley.shared.Ticker;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A few rows that seldom change and that each node has in its memory: read at the start, again when any node says that
/// they were changed, and every ten seconds in any case, since news may be lost.
public final class Followed implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Followed.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final String topic;
    private final Signals signals;
    private final Runnable read;
    private final Lock lock = new ReentrantLock();
    private final Ticker ticker;
    private boolean away;

    private Followed(String topic, Signals signals, Duration every, Runnable read) {
        this.topic = topic;
        this.signals = signals;
        this.read = read;
        readNow();
        ticker = Ticker.start(topic, every, this::beat);
        signals.on(topic, _ -> ticker.hurry());
        signals.onGap(ticker::hurry);
    }

    /// @param topic what the news of a change is called, as in `settings.changed`
    /// @param read reads the rows into memory; never called twice at once
    public static Followed start(String topic, Signals signals, Runnable read) {
        return start(topic, signals, EVERY, read);
    }

    static Followed start(String topic, Signals signals, Duration every, Runnable read) {
        return new Followed(topic, signals, every, read);
    }

    /// After the commit of a change: it counts here when this returns, and on the other nodes a moment later.
    public void changed() {
        try {
            readNow();
        } finally {
            signals.tell(topic, "");
        }
    }

    private void readNow() {
        lock.lock();
        try {
            read.run();
        } finally {
            lock.unlock();
        }
    }

    private void beat() {
        try {
            readNow();
            away = false;
        } catch (RuntimeException e) {
            if (!away) {
                log.warn("What {} tells of cannot be read; what is known counts on.", topic, e);
            }
            away = true;
        }
    }

    @Override
    public void close() {
        ticker.close();
    }
}
