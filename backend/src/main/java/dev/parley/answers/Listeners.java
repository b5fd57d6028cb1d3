package dev.parley.answers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.answers.Event.Placed;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.shared.Ticker;
import dev.parley.web.Authenticator;
import dev.parley.web.Caller;
import dev.parley.web.SessionEnded;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Those who follow an answer over HTTP: each on the virtual thread of its request, blocked where there is nothing to
/// tell and where the line is slow. A listener costs the writer nothing, and goes when its session ends.
///
/// One beat for all of them finds those who have heard nothing for a while, so that none needs a timer of its own.
@Component
class Listeners implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Listeners.class);
    private static final Duration LONGEST_REQUEST = Duration.ofMinutes(1);

    private final JsonMapper json;
    private final Authenticator authenticator;
    private final Duration period;
    private final Map<UUID, Set<Listener>> bySession = new ConcurrentHashMap<>();
    /// Sessions that ended a moment ago: a request that was let in before may only now begin to listen.
    private final Cache<UUID, Boolean> endedLately =
            Caffeine.newBuilder().expireAfterWrite(LONGEST_REQUEST).build();

    /// Those who want no stream, and wait for the end alone.
    private final Set<Listener> patient = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;
    private @Nullable Ticker ticker;

    Listeners(JsonMapper json, Authenticator authenticator, AnswersProperties properties) {
        this.json = json;
        this.authenticator = authenticator;
        // Who hears something just after a beat is found by the second one from then.
        this.period = properties.keepAliveEvery().dividedBy(2);
    }

    @Override
    public void start() {
        closed = false;
        ticker = Ticker.start("keep-alive", period, this::beat);
    }

    /// Lets all go: they come back to another node, or to this one when it runs again, and lose nothing.
    @Override
    public void stop() {
        closed = true;
        bySession.values().forEach(listeners -> listeners.forEach(Listener::letGo));
        patient.forEach(Listener::dismiss);
        if (ticker != null) {
            ticker.close();
            ticker = null;
        }
    }

    @Override
    public boolean isRunning() {
        return ticker != null;
    }

    /// After the answers have had the time to end, and before the server waits for its last requests.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 512;
    }

    private void beat() {
        for (Set<Listener> listeners : bySession.values()) {
            listeners.forEach(Listener::beat);
        }
    }

    private static final class Listener {
        private final AnswerLog answer;
        private volatile boolean dismissed;
        private volatile boolean leaving;
        private volatile boolean quiet;
        private volatile boolean forgotten;

        Listener(AnswerLog answer) {
            this.answer = answer;
        }

        boolean isCalled() {
            return dismissed || leaving || forgotten;
        }

        /// Whoever leaves an answer that has just ended still hears its end.
        boolean isGone() {
            return dismissed || (leaving && !answer.isEnded());
        }

        void dismiss() {
            dismissed = true;
            answer.nudge();
        }

        void letGo() {
            leaving = true;
            answer.nudge();
        }

        void beat() {
            if (quiet) {
                forgotten = true;
                answer.nudge();
            }
            quiet = true;
        }

        void hasHeard() {
            quiet = false;
            forgotten = false;
        }
    }

    /// Tells the answer from `after` on to its end, or until the listener or its session has gone.
    void tell(Caller caller, AnswerLog answer, long after, HttpServletResponse response) {
        Listener listener = new Listener(answer);
        bySession.compute(caller.sessionId(), (_, others) -> {
            Set<Listener> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(listener);
            return all;
        });
        try {
            if (endedLately.getIfPresent(caller.sessionId()) != null && !authenticator.isBack(caller)) {
                listener.dismiss();
            }
            if (closed) {
                throw new ParleyException(
                        CommonError.SERVICE_UNAVAILABLE, "This server is stopping. Join the answer again shortly.");
            }
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType("text/event-stream;charset=UTF-8");
            // nginx, asked not to collect the stream before it passes it on.
            response.setHeader("X-Accel-Buffering", "no");
            tell(listener, after, new EventStream(response.getOutputStream(), json));
        } catch (IOException e) {
            log.debug("A listener of answer {} has gone.", answer.answer().id());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            bySession.computeIfPresent(caller.sessionId(), (_, all) -> {
                all.remove(listener);
                return all.isEmpty() ? null : all;
            });
        }
    }

    /// Waits for the end of an answer.
    ///
    /// @return null when it does not come in time, or this server stops before
    @Nullable
    Event awaitEnd(AnswerLog answer, Duration patience) throws InterruptedException {
        Listener listener = new Listener(answer);
        patient.add(listener);
        try {
            return closed ? null : answer.awaitEnd(patience, () -> listener.dismissed);
        } finally {
            patient.remove(listener);
        }
    }

    private void tell(Listener listener, long after, EventStream stream) throws IOException, InterruptedException {
        long seen = after;
        stream.flush();
        while (!listener.isGone()) {
            List<Placed> events = listener.answer.next(seen, listener::isCalled);
            if (events.isEmpty() && !listener.isGone()) {
                stream.keepAlive();
            }
            for (Placed event : events) {
                stream.write(event);
                seen = event.id();
            }
            stream.flush();
            listener.hasHeard();
            if (!events.isEmpty() && events.getLast().isLast()) {
                return;
            }
        }
    }

    @EventListener
    void dismiss(SessionEnded ended) {
        endedLately.put(ended.sessionId(), true);
        for (Listener listener : bySession.getOrDefault(ended.sessionId(), Set.of())) {
            listener.dismiss();
        }
    }
}
