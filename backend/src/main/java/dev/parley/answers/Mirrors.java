package dev.parley.answers;

import dev.parley.answers.Event.Kind;
import dev.parley.chats.Conversation;
import dev.parley.chats.Message;
import dev.parley.cluster.Node;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.shared.Ticker;
import dev.parley.shared.UserId;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// Answers that somebody here follows and another node writes: logs that are fed from the table, by one question for
/// all of them. The same beat learns which of this node's own answers others want stopped.
@Component
class Mirrors implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Mirrors.class);

    private final RunRepository runs;
    private final Conversation conversation;
    private final RunningAnswers running;
    private final Node node;
    private final AnswersProperties properties;
    private final Map<UUID, Mirror> mirrors = new ConcurrentHashMap<>();
    private @Nullable Ticker ticker;

    Mirrors(
            RunRepository runs,
            Conversation conversation,
            RunningAnswers running,
            Node node,
            AnswersProperties properties) {
        this.runs = runs;
        this.conversation = conversation;
        this.running = running;
        this.node = node;
        this.properties = properties;
    }

    private record Mirror(UserId owner, AnswerLog log) {}

    /// Feeds a log from the table from now on.
    ///
    /// @return the log that is fed: another one where the same answer is followed already
    AnswerLog follow(UserId owner, AnswerLog answer) {
        Mirror before = mirrors.putIfAbsent(answer.answer().id(), new Mirror(owner, answer));
        return before == null ? answer : before.log();
    }

    @Override
    public void start() {
        ticker = Ticker.start("mirrors", properties.checkpointEvery(), this::beat);
    }

    @Override
    public void stop() {
        if (ticker != null) {
            ticker.close();
            ticker = null;
        }
    }

    @Override
    public boolean isRunning() {
        return ticker != null;
    }

    /// There before the first request, and until the last one is answered.
    @Override
    public int getPhase() {
        return 0;
    }

    private void beat() {
        try {
            if (running.count() > 0) {
                for (UUID stopped : runs.stopRequested(node.id())) {
                    AnswerRun run = running.find(stopped);
                    if (run != null) {
                        run.stop();
                    }
                }
            }
            if (!mirrors.isEmpty()) {
                runs.news(mirrors.values().stream().map(Mirrors::reached).toList())
                        .forEach(this::tell);
            }
        } catch (DataAccessException e) {
            log.debug("Answers of other nodes cannot be followed at the moment.", e);
        }
    }

    private static RunRepository.Mirrored reached(Mirror mirror) {
        AnswerLog answer = mirror.log();
        return new RunRepository.Mirrored(answer.answer().id(), answer.epoch(), answer.position());
    }

    private void tell(RunRepository.News news) {
        Mirror mirror = mirrors.get(news.run());
        if (mirror == null) {
            return;
        }
        AnswerLog answer = mirror.log();
        Integer epoch = news.epoch();
        if (epoch == null) {
            end(mirror);
            return;
        }
        if (epoch != answer.epoch()) {
            answer.restart(epoch);
        }
        RunRepository.Chunk chunk = news.chunk();
        if (chunk != null && chunk.position() == answer.position()) {
            answer.append(chunk.kind(), chunk.text());
        }
    }

    private void end(Mirror mirror) {
        AnswerLog answer = mirror.log();
        UUID id = answer.answer().id();
        mirrors.remove(id);
        Message message;
        try {
            message = conversation.message(mirror.owner(), answer.answer().chatId(), id);
        } catch (ParleyException e) {
            answer.end(new Event.Failed(CommonError.NOT_FOUND.name(), "This message was deleted.", id));
            return;
        }
        String reasoning = message.metadata().reasoning();
        boolean continues = complete(answer, Kind.REASONING, reasoning == null ? "" : reasoning)
                && complete(answer, Kind.TEXT, message.content());
        if (!continues) {
            answer.restart(answer.epoch() + 1);
            answer.append(Kind.REASONING, reasoning == null ? "" : reasoning);
            answer.append(Kind.TEXT, message.content());
        }
        answer.end(Told.end(message));
    }

    private static boolean complete(AnswerLog answer, Kind kind, String whole) {
        String known = answer.text(kind);
        if (!whole.startsWith(known)) {
            return false;
        }
        answer.append(kind, whole.substring(known.length()));
        return true;
    }
}
