package dev.parley.answers;

import dev.parley.answers.Event.Placed;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Those who follow an answer over HTTP: each on the virtual thread of its request, blocked where there is nothing to
/// tell and where the line is slow. A listener costs the writer nothing, and goes when its session ends.
@Component
class Listeners {
    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private final JsonMapper json;
    private final Duration keepAlive;
    private final Map<UUID, Set<Listener>> bySession = new ConcurrentHashMap<>();

    Listeners(JsonMapper json, AnswersProperties properties) {
        this.json = json;
        this.keepAlive = properties.keepAliveEvery();
    }

    private static final class Listener {
        private final AnswerLog answer;
        private volatile boolean dismissed;

        Listener(AnswerLog answer) {
            this.answer = answer;
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

    private void tell(Listener listener, long after, EventStream stream) throws IOException, InterruptedException {
        long seen = after;
        stream.flush();
        while (!listener.dismissed) {
            List<Placed> events = listener.answer.next(seen, keepAlive);
            if (events.isEmpty() && !listener.dismissed) {
                stream.keepAlive();
            }
            for (Placed event : events) {
                stream.write(event);
                seen = event.id();
            }
            stream.flush();
            if (!events.isEmpty() && events.getLast().isLast()) {
                return;
            }
        }
    }

    @EventListener
    void dismiss(SessionEnded ended) {
        for (Listener listener : bySession.getOrDefault(ended.sessionId(), Set.of())) {
            listener.dismissed = true;
            listener.answer.nudge();
        }
    }
}
