package dev.parley.answers;

import dev.parley.answers.Event.Kind;
import dev.parley.chats.Conversation;
import dev.parley.chats.Message;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.shared.Ticker;
import dev.parley.shared.UserId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
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
    private final AnswersProperties properties;
    private final Set<Mirror> mirrors = ConcurrentHashMap.newKeySet();
    private @Nullable Ticker ticker;

    Mirrors(RunRepository runs, Conversation conversation, RunningAnswers running, AnswersProperties properties) {
        this.runs = runs;
        this.conversation = conversation;
        this.running = running;
        this.properties = properties;
    }

    private record Mirror(UserId owner, AnswerLog log) {}

    /// Feeds this log from the table from now on.
    void feed(UserId owner, AnswerLog answer) {
        mirrors.add(new Mirror(owner, answer));
    }

    /// A log of another node's answer that is fed from the table: the one that is followed already, or a new one.
    AnswerLog follow(UserId owner, Message question, Message answer, int epoch) {
        for (Mirror mirror : mirrors) {
            if (mirror.log().answer().id().equals(answer.id()) && mirror.log().isFollower()) {
                return mirror.log();
            }
        }
        AnswerLog log = AnswerLog.ofFollower(question, answer, epoch);
        feed(owner, log);
        return log;
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
            stopWhatIsWanted();
            feed();
        } catch (DataAccessException e) {
            log.debug("Answers of other nodes cannot be followed at the moment.", e);
        }
    }

    private void stopWhatIsWanted() {
        // A run keeps the id under which its node began it, also when the node goes on under another one.
        Set<UUID> nodes = running.all().stream().map(run -> run.run().nodeId()).collect(Collectors.toSet());
        if (!nodes.isEmpty()) {
            runs.stopRequested(nodes).forEach(running::stop);
        }
    }

    private void feed() {
        List<Mirror> asked = List.copyOf(mirrors);
        if (asked.isEmpty()) {
            return;
        }
        for (RunRepository.News news :
                runs.news(asked.stream().map(Mirrors::reached).toList())) {
            tell(asked.get(news.mirror()), news);
        }
    }

    private static RunRepository.Mirrored reached(Mirror mirror) {
        AnswerLog answer = mirror.log();
        return new RunRepository.Mirrored(answer.answer().id(), answer.epoch(), answer.position());
    }

    private void tell(Mirror mirror, RunRepository.News news) {
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
        try {
            Message message =
                    conversation.message(mirror.owner(), answer.answer().chatId(), id);
            String reasoning = message.metadata().reasoning();
            boolean continues = complete(answer, Kind.REASONING, reasoning == null ? "" : reasoning)
                    && complete(answer, Kind.TEXT, message.content());
            if (!continues) {
                answer.restart(answer.epoch() + 1);
                answer.append(Kind.REASONING, reasoning == null ? "" : reasoning);
                answer.append(Kind.TEXT, message.content());
            }
            answer.end(Told.end(message));
        } catch (ParleyException e) {
            answer.end(new Event.Failed(CommonError.NOT_FOUND.name(), "This message was deleted.", id));
        }
        mirrors.remove(mirror);
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
