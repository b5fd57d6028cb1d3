package dev.parley.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.models.Models;
import dev.parley.models.Prompt;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.web.Caller;
import dev.parley.web.SessionEnded;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// The questions of programs that are being answered: each ends with its key and with this server.
@Component
class Calls implements SmartLifecycle {
    private static final int MOST = 1_000;
    private static final Duration LONGEST_REQUEST = Duration.ofMinutes(1);

    private final Models models;
    private final Map<UUID, Set<Permit>> byKey = new ConcurrentHashMap<>();
    /// Keys that were deleted a moment ago: a request that was let in before may only now begin to ask.
    private final Cache<UUID, Boolean> endedLately =
            Caffeine.newBuilder().expireAfterWrite(LONGEST_REQUEST).build();

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
        try (Permit permit = permit(caller)) {
            permit.check();
            try (Call call = new Call(prompt, models.open(prompt), id)) {
                permit.ends(call);
                use.of(call);
            }
        }
    }

    /// The right to ask, for who asks in another way: until it is closed, or ended from outside.
    Permit permit(Caller caller) {
        if (!running || !free.tryAcquire()) {
            throw new ParleyException(CommonError.SERVICE_UNAVAILABLE, "This server is busy. Try again shortly.");
        }
        Permit permit = new Permit(caller.sessionId());
        byKey.compute(caller.sessionId(), (_, others) -> {
            Set<Permit> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(permit);
            return all;
        });
        // Who ends all there are may have looked just before.
        if (endedLately.getIfPresent(caller.sessionId()) != null) {
            permit.end(deleted());
        }
        if (!running) {
            permit.end(stopping());
        }
        return permit;
    }

    final class Permit implements AutoCloseable {
        private final UUID key;
        private volatile @Nullable ParleyException ended;
        private volatile @Nullable Call call;

        private Permit(UUID key) {
            this.key = key;
        }

        /// @throws ParleyException when it was ended
        void check() {
            ParleyException end = ended;
            if (end != null) {
                throw end;
            }
        }

        /// From here on this call ends with it.
        private void ends(Call question) {
            call = question;
            ParleyException end = ended;
            if (end != null) {
                question.end(end);
            }
        }

        private void end(ParleyException reason) {
            ended = reason;
            Call question = call;
            if (question != null) {
                question.end(reason);
            }
        }

        @Override
        public void close() {
            byKey.computeIfPresent(key, (_, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
            free.release();
        }
    }

    @EventListener
    void on(SessionEnded session) {
        endedLately.put(session.sessionId(), true);
        byKey.getOrDefault(session.sessionId(), Set.of()).forEach(permit -> permit.end(deleted()));
    }

    private static ParleyException deleted() {
        return new ParleyException(CommonError.UNAUTHENTICATED, "There is no such API key, or it was deleted.");
    }

    private static ParleyException stopping() {
        return new ParleyException(CommonError.SERVICE_UNAVAILABLE, "This server stops. Ask again.");
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        byKey.values().forEach(permits -> permits.forEach(permit -> permit.end(stopping())));
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
