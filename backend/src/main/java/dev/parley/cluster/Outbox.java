package dev.parley.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// News that waits to be carried: nobody waits to leave some here, and when it is full what comes is lost, which the
/// next bundle says.
final class Outbox {
    private static final int ROOM = 10_000;
    private static final int LARGEST_BUNDLE = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Signal> waiting = new ArrayDeque<>();
    private boolean lost;
    private boolean closed;

    void add(Signal signal) {
        lock.lock();
        try {
            if (waiting.size() < ROOM) {
                waiting.add(signal);
                changed.signal();
            } else {
                lost = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Some of it could not be carried.
    void lost() {
        lock.lock();
        try {
            lost = true;
        } finally {
            lock.unlock();
        }
    }

    /// What there is, in the order of its coming; waits for it. Empty when nothing is left and nothing will come.
    List<Signal> take() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.await();
            }
            List<Signal> bundle = new ArrayList<>(Math.min(waiting.size() + 1, LARGEST_BUNDLE));
            while (!waiting.isEmpty() && bundle.size() < LARGEST_BUNDLE) {
                bundle.add(waiting.remove());
            }
            if (lost && !bundle.isEmpty()) {
                lost = false;
                bundle.add(Signal.missed(bundle.getLast().number()));
            }
            return bundle;
        } finally {
            lock.unlock();
        }
    }

    /// Lets whoever takes come to an end.
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
