package dev.parley.answers;

import dev.parley.chats.Conversation;
import dev.parley.chats.Message;
import dev.parley.cluster.Redis;
import dev.parley.cluster.Signals;
import dev.parley.shared.CommonError;
import dev.parley.shared.Ids;
import dev.parley.shared.ParleyException;
import dev.parley.shared.Ticker;
import dev.parley.shared.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

/// Answers that somebody here follows and another node writes. Redis, where there is one, brings what is written at
/// once; the table has the truth, and is asked about all of them by one question. The same beat learns which of this
/// node's own answers others want stopped.
@Component
class Mirrors implements SmartLifecycle {
    /// An answer has its end: its id follows.
    static final String ENDED = "answer.ended";

    /// Somebody wants an answer stopped: its id follows.
    static final String STOP = "answer.stop";

    private static final Logger log = LoggerFactory.getLogger(Mirrors.class);
    private static final long RENEWAL = Duration.ofSeconds(1).toNanos();
    private static final int MOST_PLACES = 1_000;

    private final RunRepository runs;
    private final Conversation conversation;
    private final RunningAnswers running;
    private final Redis redis;
    private final AnswersProperties properties;
    private final UUID self = Ids.next();
    private final Set<Mirror> mirrors = ConcurrentHashMap.newKeySet();
    /// Those of them that others than their former writer follow here.
    private final Map<UUID, Mirror> followed = new ConcurrentHashMap<>();

    private volatile @Nullable Ticker ticker;
    private long renewed = System.nanoTime();

    Mirrors(
            RunRepository runs,
            Conversation conversation,
            RunningAnswers running,
            Redis redis,
            Signals signals,
            AnswersProperties properties) {
        this.runs = runs;
        this.conversation = conversation;
        this.running = running;
        this.redis = redis;
        this.properties = properties;
        redis.subscribe(Fed.channel(self), message -> take(Fed.of(message)));
        redis.whenUp(() -> want(followed.values(), true));
        signals.on(
                Answers.STARTED,
                news -> wantFromItsNewWriter(AnswerBegun.of(news).messageId()));
        signals.on(ENDED, id -> lookAt(UUID.fromString(id)));
        signals.on(STOP, id -> stopSoon(UUID.fromString(id)));
        signals.onGap(this::hurry);
    }

    /// Feeds this log, which has lost its writer, from the table from now on.
    void feed(UserId owner, AnswerLog answer) {
        mirrors.add(new Mirror(owner, answer));
        hurry();
    }

    /// A log of another node's answer: the one that is followed already, or a new one.
    ///
    /// @param epoch who asks may have seen it under
    AnswerLog follow(UserId owner, Message question, Message answer, int epoch) {
        Mirror mirror = followed.computeIfAbsent(
                answer.id(), _ -> new Mirror(owner, AnswerLog.ofFollower(question, answer, epoch)));
        mirror.log().restart(epoch);
        if (mirrors.add(mirror)) {
            want(List.of(mirror), true);
            hurry();
        }
        return mirror.log();
    }

    @Override
    public void start() {
        ticker = Ticker.start("mirrors", properties.checkpointEvery(), this::beat);
    }

    @Override
    public void stop() {
        Ticker beating = ticker;
        if (beating != null) {
            beating.close();
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

    private void hurry() {
        Ticker beating = ticker;
        if (beating != null) {
            beating.hurry();
        }
    }

    /// Another node than before.
    private void wantFromItsNewWriter(UUID answer) {
        Mirror mirror = followed.get(answer);
        if (mirror != null) {
            want(List.of(mirror), true);
            hurry();
        }
    }

    private void lookAt(UUID answer) {
        Mirror mirror = followed.get(answer);
        if (mirror != null) {
            mirror.doubt();
            hurry();
        }
    }

    private void stopSoon(UUID answer) {
        if (running.find(answer) != null) {
            hurry();
        }
    }

    private void take(List<Fed> stretches) {
        List<Mirror> behind = new ArrayList<>(0);
        for (Fed stretch : stretches) {
            Mirror mirror = followed.get(stretch.answer());
            if (mirror != null) {
                mirror.take(stretch);
                if (mirror.isBehind()) {
                    behind.add(mirror);
                }
            }
        }
        want(behind, true);
    }

    /// Asks whoever writes these answers to tell what follows.
    private void want(Collection<Mirror> all, boolean anew) {
        if (!redis.isUp() || all.isEmpty()) {
            return;
        }
        List<Wanted.Place> places = new ArrayList<>();
        for (Mirror mirror : all) {
            if (anew) {
                mirror.wants();
            }
            places.add(new Wanted.Place(mirror.answer(), mirror.log().id(), anew));
            if (places.size() == MOST_PLACES) {
                redis.publish(Wanted.CHANNEL, new Wanted(self, places).bytes());
                places = new ArrayList<>();
            }
        }
        redis.publish(Wanted.CHANNEL, new Wanted(self, places).bytes());
    }

    private void beat() {
        try {
            stopWhatIsWanted();
            feed();
        } catch (DataAccessException e) {
            log.debug("Answers of other nodes cannot be followed at the moment.", e);
        }
        want(followed.values().stream().filter(Mirror::isBehind).toList(), true);
        if (System.nanoTime() - renewed > RENEWAL) {
            renewed = System.nanoTime();
            want(followed.values(), false);
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
        boolean listening = redis.isUp();
        List<Mirror> asked =
                mirrors.stream().filter(mirror -> mirror.isDue(listening)).toList();
        if (asked.isEmpty()) {
            return;
        }
        for (RunRepository.News news : runs.news(asked.stream().map(Mirror::ask).toList())) {
            tell(asked.get(news.mirror()), news);
        }
    }

    private void tell(Mirror mirror, RunRepository.News news) {
        Integer epoch = news.epoch();
        if (epoch == null) {
            end(mirror);
            return;
        }
        mirror.log().restart(epoch);
        if (news.chunk() != null) {
            mirror.take(epoch, news.chunk());
        }
    }

    private void end(Mirror mirror) {
        AnswerLog answer = mirror.log();
        UUID id = mirror.answer();
        try {
            Message message =
                    conversation.message(mirror.owner(), answer.answer().chatId(), id);
            String reasoning = message.metadata().reasoning();
            answer.conclude(
                    runs.endedUnder(id), reasoning == null ? "" : reasoning, message.content(), Told.end(message));
        } catch (ParleyException e) {
            answer.end(new Event.Failed(CommonError.NOT_FOUND.name(), "This message was deleted.", id));
        }
        mirrors.remove(mirror);
        followed.remove(id, mirror);
    }
}
