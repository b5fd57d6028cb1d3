package dev.parley.live;

import dev.parley.answers.AnswerBegun;
import dev.parley.answers.Answers;
import dev.parley.chats.Chats.Owned;
import dev.parley.cluster.Signals;
import dev.parley.shared.UserId;
import dev.parley.web.Caller;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Passes on what nodes tell each other: answers that begin, and who types. The topics of chats are in [ChatNews].
@Component
class News {
    static final String TYPING = "live.typing";
    private static final Logger log = LoggerFactory.getLogger(News.class);

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

    /// Clients look for themselves; answers that have begun unheard are looked for here, for all with one question.
    private void catchUp() {
        List<Connection> deaf = List.copyOf(connections.all());
        if (deaf.isEmpty()) {
            return;
        }
        deaf.forEach(Connection::resync);
        Thread.ofVirtual().name("catch-up").start(() -> {
            Set<Owned> chats = new HashSet<>();
            for (Connection connection : deaf) {
                Caller caller = connection.caller();
                if (caller != null) {
                    connection.subscriptions().chats().forEach(chat -> chats.add(new Owned(caller.user(), chat)));
                }
            }
            try {
                answers.running(chats).forEach(this::follow);
            } catch (RuntimeException e) {
                // Whoever subscribes again, as a client does that looks for itself, follows what runs.
                log.warn("What has begun meanwhile cannot be read: {}", String.valueOf(e.getMessage()));
            }
        });
    }
}
