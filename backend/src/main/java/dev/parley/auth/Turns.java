package dev.parley.auth;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// So many have their turn at once; the others wait in [WaitingLines], of which no more than a few seconds' worth.
final class Turns {
    private static final int RETRY_AFTER_SECONDS = 5;

    private final ReentrantLock lock = new ReentrantLock();
    private final WaitingLines<Waiter> lines;
    private int free;
    private int waiting;

    /// @param waiting in each lane
    Turns(int atOnce, int waiting) {
        free = atOnce;
        lines = new WaitingLines<>(waiting);
    }

    private enum State {
        WAITING,
        CALLED,
        SENT_AWAY
    }

    private static final class Waiter {
        private final Condition changed;
        private State state = State.WAITING;

        Waiter(Condition changed) {
            this.changed = changed;
        }

        void tell(State news) {
            state = news;
            changed.signal();
        }
    }

    /// To be closed when it is over.
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /// Waits for a turn.
    ///
    /// @throws ParleyException SERVICE_UNAVAILABLE when too many wait
    Turn take(Standing standing) {
        lock.lock();
        try {
            if (free > 0) {
                free--;
            } else {
                await(standing);
            }
            return new OneTurn();
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    private void await(Standing standing) {
        Waiter self = new Waiter(lock.newCondition());
        Waiter gone = lines.join(self, standing);
        if (gone == self) {
            throw busy(null);
        }
        if (gone != null) {
            gone.tell(State.SENT_AWAY);
        }
        waiting++;
        try {
            while (self.state == State.WAITING) {
                self.changed.await();
            }
        } catch (InterruptedException e) {
            if (self.state == State.CALLED) {
                callNext();
            } else {
                lines.leave(self, standing);
            }
            Thread.currentThread().interrupt();
            throw busy(e);
        } finally {
            waiting--;
        }
        if (self.state == State.SENT_AWAY) {
            throw busy(null);
        }
    }

    private void callNext() {
        Waiter next = lines.next();
        if (next == null) {
            free++;
        } else {
            next.tell(State.CALLED);
        }
    }

    private final class OneTurn implements Turn {
        private boolean over;

        @Override
        public void close() {
            lock.lock();
            try {
                if (!over) {
                    over = true;
                    callNext();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    static ParleyException busy(@Nullable Exception cause) {
        return new ParleyException(
                CommonError.SERVICE_UNAVAILABLE,
                "Too many people are signing in at this moment. Try again in a few seconds.",
                Map.of("retry_after", RETRY_AFTER_SECONDS),
                cause);
    }
}
