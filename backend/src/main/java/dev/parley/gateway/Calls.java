package dev.parley.gateway;

import dev.parley.models.Models;
import dev.parley.models.Prompt;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.web.Caller;
import dev.parley.web.SessionEnded;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// The questions of programs that are being answered: each ends with its key and with this server.
@Component
class Calls implements SmartLifecycle {
    private static final int MOST = 1_000;

    private final Models models;
    private final Map<UUID, Set<Call>> byKey = new ConcurrentHashMap<>();
    private final Semaphore free = new Semaphore(MOST);
    private volatile boolean running;

    Calls(Models models) {
        this.models = models;
    }

    /// What is done with an answer that comes.
    interface Use {
        void of(Call call) throws IOException, InterruptedException;
    }

    /// Asks, and ends the question when `use` returns.
    ///
    /// @param id under which the log knows the request
    void ask(Caller caller, Prompt prompt, String id, Use use) throws IOException, InterruptedException {
        if (!running || !free.tryAcquire()) {
            throw new ParleyException(CommonError.SERVICE_UNAVAILABLE, "This server is busy. Try again shortly.");
        }
        try (Call call = new Call(models.open(prompt), id)) {
            byKey.compute(caller.sessionId(), (_, others) -> {
                Set<Call> all = others == null ? ConcurrentHashMap.newKeySet() : others;
                all.add(call);
                return all;
            });
            try {
                use.of(call);
            } finally {
                byKey.computeIfPresent(caller.sessionId(), (_, all) -> {
                    all.remove(call);
                    return all.isEmpty() ? null : all;
                });
            }
        } finally {
            free.release();
        }
    }

    @EventListener
    void on(SessionEnded ended) {
        byKey.getOrDefault(ended.sessionId(), Set.of())
                .forEach(call -> call.end(new ParleyException(
                        CommonError.UNAUTHENTICATED, "There is no such API key, or it was deleted.")));
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        byKey.values()
                .forEach(calls -> calls.forEach(call -> call.end(
                        new ParleyException(CommonError.SERVICE_UNAVAILABLE, "This server stops. Ask again."))));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// After the answers of chats have had the time to end, and before the server waits for its last requests.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 512;
    }
}
