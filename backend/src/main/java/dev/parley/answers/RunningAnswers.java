package dev.parley.answers;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The answers that this node writes at the moment, by message.
@Component
class RunningAnswers {
    private final Map<UUID, AnswerRun> runs = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();

    /// Of two writers of one answer, that of the later epoch counts.
    void add(AnswerRun run) {
        AnswerRun counts = runs.merge(
                run.run().id(),
                run,
                BinaryOperator.maxBy(Comparator.comparingInt(any -> any.run().epoch())));
        if (counts != run) {
            run.stop();
        }
    }

    void remove(AnswerRun run) {
        if (runs.remove(run.run().id(), run) && runs.isEmpty()) {
            lock.lock();
            try {
                none.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /// Waits until none is written, but not for ever.
    void awaitNone(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (!runs.isEmpty() && left > 0) {
                left = none.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    AnswerRun find(UUID message) {
        return runs.get(message);
    }

    void stop(UUID message) {
        AnswerRun run = runs.get(message);
        if (run != null) {
            run.stop();
        }
    }

    Collection<AnswerRun> all() {
        return runs.values();
    }

    Set<UUID> ids() {
        return Set.copyOf(runs.keySet());
    }

    int count() {
        return runs.size();
    }
}
