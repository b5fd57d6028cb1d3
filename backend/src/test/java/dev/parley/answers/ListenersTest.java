package dev.parley.answers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.answers.Event.Kind;
import dev.parley.chats.Message;
import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import dev.parley.web.Authenticator;
import dev.parley.web.Caller;
import dev.parley.web.SessionEnded;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class ListenersTest {
    private static final String KEEP_ALIVE = ": keep-alive\n\n";

    private final Returning authenticator = new Returning();
    private final Listeners listeners = new Listeners(
            new JsonMapper(),
            authenticator,
            new AnswersProperties(Duration.ofMillis(150), Duration.ofMillis(100), 10, 0, Duration.ZERO));
    private final AnswerLog answer = AnswerLog.ofWriter(message(), message(), 0);
    private final Caller caller = new Caller(new UserId(Ids.next()), Ids.next());
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    /// With it, who has ended comes back when the test says so.
    private static final class Returning implements Authenticator {
        private volatile boolean isBack;

        @Override
        public Caller authenticate(String accessToken) {
            throw new UnsupportedOperationException("Nobody signs in here.");
        }

        @Override
        public boolean isBack(Caller caller) {
            return isBack;
        }

        @Override
        public void requireStillIn(Caller caller) {
            throw new UnsupportedOperationException("Nobody asks here.");
        }
    }

    private static Message message() {
        return new Message(
                Ids.next(),
                Ids.next(),
                null,
                null,
                Message.Role.ASSISTANT,
                "",
                Message.Status.STREAMING,
                Instant.EPOCH,
                Message.Metadata.NONE,
                null,
                List.of());
    }

    @BeforeEach
    void start() {
        listeners.start();
    }

    @AfterEach
    void stop() {
        listeners.stop();
    }

    private Thread listen() {
        return Thread.ofVirtual().start(() -> listeners.tell(caller, answer, 0, response));
    }

    private String told() {
        return new String(response.getContentAsByteArray(), UTF_8);
    }

    @Test
    void whoHearsNothingIsToldThatTheLineLives() throws InterruptedException {
        Thread listener = listen();
        await().until(() -> told().split(KEEP_ALIVE, -1).length > 3);
        answer.append(Kind.TEXT, "Hello");
        answer.end(new Event.Done(answer.answer()));
        assertThat(listener.join(Duration.ofSeconds(10))).isTrue();
        assertThat(told()).contains("data: {\"text\":\"Hello\"}").contains("event: done");
    }

    @Test
    void whoseSessionEndsIsToldNothingMore() throws InterruptedException {
        Thread listener = listen();
        await().until(() -> told().contains("event: start"));
        listeners.dismiss(new SessionEnded(caller.sessionId()));
        assertThat(listener.join(Duration.ofSeconds(10))).isTrue();
        answer.append(Kind.TEXT, "Hello");
        assertThat(told()).doesNotContain("Hello");
    }

    @Test
    void whoseSessionEndedWhileTheyAskedIsToldNothing() throws InterruptedException {
        listeners.dismiss(new SessionEnded(caller.sessionId()));
        assertThat(listen().join(Duration.ofSeconds(10))).isTrue();
        assertThat(told()).doesNotContain("event: start");
    }

    @Test
    void whoIsBackIsToldEverything() throws InterruptedException {
        listeners.dismiss(new SessionEnded(caller.sessionId()));
        authenticator.isBack = true;
        answer.end(new Event.Done(answer.answer()));
        assertThat(listen().join(Duration.ofSeconds(10))).isTrue();
        assertThat(told()).contains("event: start").contains("event: done");
    }
}
