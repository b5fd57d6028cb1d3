package dev.parley.answers;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The answers that this node writes at the moment, by message.
@Component
class RunningAnswers {
    private final Map<UUID, AnswerRun> runs = new ConcurrentHashMap<>();

    void add(AnswerRun run) {
        runs.put(run.run().id(), run);
    }

    void remove(AnswerRun run) {
        runs.remove(run.run().id(), run);
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
