package dev.parley.live;

import dev.parley.answers.AnswerBegun;
import dev.parley.answers.Answers;
import dev.parley.cluster.Signals;
import dev.parley.shared.UserId;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Passes on what nodes tell each other: answers that begin, and who types. The topics of chats are in [ChatNews].
@Component
class News {
    static final String TYPING = "live.typing";

    private final Connections connections;
    private final Answers answers;
    private final Frames frames;
    private final LiveProperties properties;

    News(Connections connections, Answers answers, Frames frames, LiveProperties properties, Signals signals) {
        this.connections = connections;
        this.answers = answers;
        this.frames = frames;
        this.properties = properties;
        answers.onBegun(this::follow);
        signals.on(TYPING, this::type);
        signals.onGap(this::catchUp);
    }

    private void follow(AnswerBegun answer) {
        for (Connection connection : connections.of(answer.owner())) {
            follow(connection, answer);
        }
    }

    private void follow(Connection connection, AnswerBegun answer) {
        Follower follower = new Follower(
                connection,
                answer,
                0,
                () -> answers.follow(answer, 0),
                frames,
                properties.largestBacklog().toBytes());
        if (connection.subscriptions().beginIfNew(follower)) {
            follower.start();
        }
    }

    private void type(String body) {
        List<String> ids = List.of(body.split("/", 3));
        UUID typist = UUID.fromString(ids.get(2));
        String frame = Frames.typing(UUID.fromString(ids.get(1)));
        for (Connection connection : connections.of(new UserId(UUID.fromString(ids.get(0))))) {
            if (!connection.id().equals(typist)) {
                connection.post(frame);
            }
        }
    }

    /// Clients look for themselves; answers that have begun unheard are looked for here.
    private void catchUp() {
        for (Connection connection : connections.all()) {
            connection.resync();
            Thread.ofVirtual().name("catch-up").start(() -> catchUp(connection));
        }
    }

    private void catchUp(Connection connection) {
        if (connection.caller() != null) {
            answers.running(
                            connection.caller().user(),
                            connection.subscriptions().chats())
                    .forEach(answer -> follow(connection, answer));
        }
    }
}
