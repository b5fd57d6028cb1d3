package dev.parley.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.answers.AnswerBegun;
import dev.parley.answers.AnswersForTests;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A connection, an answer, and a reader who reads or not.
@Timeout(60)
class FollowerTest {
    private static final long BACKLOG = 1_000;

    private final JsonMapper json = new JsonMapper();
    private final PretendedLine line = new PretendedLine();
    private final AnswersForTests answer = new AnswersForTests();
    private final UUID chat = answer.begun.chatId();
    private final Connection connection =
            new Connection("test", line, ConnectionTest.PROPERTIES, true, System::nanoTime, new Connection.Desk() {
                @Override
                public void receive(Connection from, String frame) {}

                @Override
                public void leave(Connection leaving) {}

                @Override
                public void forget(Connection gone) {}
            });

    private Follower follower(AnswerBegun of, long after) {
        return new Follower(connection, of, after, () -> answer.log, new Frames(json), BACKLOG);
    }

    private Thread follow(long after) {
        Follower follower = follower(answer.begun, after);
        assertThat(connection.subscriptions().begin(follower)).isTrue();
        return Thread.ofVirtual().start(follower);
    }

    private List<String> types() {
        return frames().stream().map(frame -> frame.path("type").asString()).toList();
    }

    private List<JsonNode> frames() {
        return line.sent.stream().map(json::readTree).toList();
    }

    private String text() {
        return frames().stream().map(frame -> frame.path("text").asString("")).collect(Collectors.joining());
    }

    @Test
    void anAnswerIsToldToItsEndAndOnlyOnce() throws InterruptedException {
        connection.subscriptions().add(chat);
        answer.write("Hel");
        Thread listening = follow(0);
        line.awaitSent(2);
        answer.write("lo");
        answer.end();
        listening.join();
        assertThat(types()).first().isEqualTo("start");
        assertThat(types()).last().isEqualTo("done");
        assertThat(text()).isEqualTo("Hello");
        // Late news of its beginning is none.
        assertThat(connection.subscriptions().beginIfNew(follower(answer.begun, 0)))
                .isFalse();
        assertThat(connection.isFollowing()).isFalse();
    }

    @Test
    void aSlowReaderIsToldMoreAtOnce() throws InterruptedException {
        connection.subscriptions().add(chat);
        Thread listening = follow(0);
        line.awaitSent(1);
        line.stopReading();
        answer.write("a");
        line.awaitWriter();
        for (int i = 0; i < 500; i++) {
            answer.write("b");
        }
        answer.end();
        line.read();
        listening.join();
        assertThat(types()).containsExactly("start", "delta", "delta", "done");
        assertThat(text()).isEqualTo("a" + "b".repeat(500));
    }

    @Test
    void aReaderWhoIsLeftBehindIsClosed() throws InterruptedException {
        connection.subscriptions().add(chat);
        Thread listening = follow(0);
        line.awaitSent(1);
        line.stopReading();
        answer.write("a");
        line.awaitWriter();
        answer.write("b".repeat((int) BACKLOG + 1));
        assertThat(line.awaitClosing()).isEqualTo(Closing.TOO_SLOW);
        listening.join();
    }

    @Test
    void aTakeoverIsToldAsAReset() throws InterruptedException {
        connection.subscriptions().add(chat);
        answer.write("lost");
        Thread listening = follow(0);
        line.awaitSent(2);
        answer.takeOver();
        answer.write("anew");
        answer.end();
        listening.join();
        assertThat(types().subList(2, types().size())).containsExactly("reset", "delta", "done");
    }

    @Test
    void whoComesBackTakesThePlaceOfWhoWasThere() throws InterruptedException {
        connection.subscriptions().add(chat);
        answer.write("Hel");
        Thread before = follow(0);
        line.awaitSent(2);
        long seen = frames().getLast().path("id").asLong();
        Thread again = follow(seen);
        before.join();
        answer.write("lo");
        answer.end();
        again.join();
        assertThat(types()).containsExactly("start", "delta", "delta", "done");
        assertThat(text()).isEqualTo("Hello");
    }

    @Test
    void whoLeavesHearsNothingMore() throws InterruptedException {
        connection.subscriptions().add(chat);
        Thread listening = follow(0);
        line.awaitSent(1);
        assertThat(connection.subscriptions().remove(chat)).isTrue();
        listening.join();
        answer.write("Hello");
        assertThat(types()).containsExactly("start");
        assertThat(connection.subscriptions().remove(chat)).isFalse();
    }

    @Test
    void aGoneConnectionKeepsNobody() throws InterruptedException {
        connection.subscriptions().add(chat);
        Thread listening = follow(0);
        line.awaitSent(1);
        connection.hasGone();
        listening.join();
        assertThat(connection.subscriptions().begin(follower(answer.begun, 0))).isFalse();
    }

    @Test
    void thereIsAnEndToChatsAndToAnswers() {
        Subscriptions subscriptions = connection.subscriptions();
        assertThat(subscriptions.add(chat)).isEqualTo(Subscriptions.Added.NEW);
        assertThat(subscriptions.add(chat)).isEqualTo(Subscriptions.Added.KNOWN);
        assertThat(subscriptions.add(UUID.randomUUID())).isEqualTo(Subscriptions.Added.NEW);
        assertThat(subscriptions.add(UUID.randomUUID())).isEqualTo(Subscriptions.Added.FULL);
        for (int i = 0; i < ConnectionTest.PROPERTIES.mostFollowed(); i++) {
            assertThat(subscriptions.begin(follower(another(chat), 0))).isTrue();
        }
        assertThat(subscriptions.begin(follower(another(chat), 0))).isFalse();
        assertThat(subscriptions.begin(follower(another(UUID.randomUUID()), 0))).isFalse();
    }

    private AnswerBegun another(UUID inChat) {
        return new AnswerBegun(answer.begun.owner(), inChat, UUID.randomUUID());
    }
}
