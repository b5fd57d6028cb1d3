package dev.parley.live;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What goes out over one connection, frame by frame. Who has much to say waits for its turn, so that nothing piles up
/// here but news, and of that only so much.
final class Outbox {
    private final Line line;
    private final long largestBacklog;
    private final Consumer<IOException> onFailure;

    /// Fair, so that one long answer does not silence the others.
    private final ReentrantLock turn = new ReentrantLock(true);

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<String> news = new ArrayDeque<>();
    private long backlog;
    private boolean draining;
    private volatile boolean closed;

    /// @param onFailure hears once that the line failed, on the thread that found out
    Outbox(Line line, long largestBacklog, Consumer<IOException> onFailure) {
        this.line = line;
        this.largestBacklog = largestBacklog;
        this.onFailure = onFailure;
    }

    /// Someone who waits while a slow reader reads.
    interface Speaker {
        /// Asked when its turn has come.
        boolean isWanted();

        /// Whether so much has come meanwhile that the reader will not catch up.
        boolean isLeftBehind();
    }

    /// Blocks until the frame is on its way, or nobody wants it any more.
    void write(String frame, Speaker speaker) throws IOException {
        turn.lock();
        try {
            if (speaker.isWanted()) {
                send(frame, speaker::isLeftBehind);
            }
        } finally {
            turn.unlock();
        }
    }

    /// Never blocks.
    void post(String frame) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (backlog + frame.length() <= largestBacklog) {
                news.add(frame);
                backlog += frame.length();
                if (!draining) {
                    draining = true;
                    Thread.ofVirtual().name("news").start(this::drain);
                }
                return;
            }
        } finally {
            lock.unlock();
        }
        fail(new Line.TooSlow());
    }

    /// Nothing is said any more.
    void close() {
        closed = true;
    }

    private void drain() {
        for (String frame = next(); frame != null; frame = next()) {
            turn.lock();
            try {
                send(frame, () -> false);
            } catch (IOException e) {
                return; // whoever cares has heard of it
            } finally {
                turn.unlock();
            }
        }
    }

    private void send(String frame, BooleanSupplier hopeless) throws IOException {
        if (closed) {
            throw new IOException("The connection is closed.");
        }
        try {
            line.send(frame, hopeless);
        } catch (IOException e) {
            fail(e);
            throw e;
        }
    }

    private void fail(IOException failure) {
        closed = true;
        onFailure.accept(failure);
    }

    private @Nullable String next() {
        lock.lock();
        try {
            String frame = news.poll();
            if (frame == null) {
                draining = false;
            } else {
                backlog -= frame.length();
            }
            return frame;
        } finally {
            lock.unlock();
        }
    }
}
