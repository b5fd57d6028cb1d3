package dev.parley.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.RedisServer;
import dev.parley.answers.Event.Kind;
import dev.parley.answers.Event.Placed;
import dev.parley.chats.Chat;
import dev.parley.chats.ChatsForTests;
import dev.parley.chats.Conversation.Asked;
import dev.parley.chats.Conversation.Place;
import dev.parley.cluster.Redis;
import dev.parley.cluster.TestCluster;
import dev.parley.database.TestDatabase;
import dev.parley.models.Piece;
import dev.parley.models.Prompt;
import dev.parley.shared.HealthPart;
import dev.parley.shared.Ids;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One node writes and another follows, with a Redis between them that is there, slow, or not.
class FeedsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AnswersProperties PROPERTIES =
            new AnswersProperties(Duration.ofMillis(150), Duration.ofSeconds(10), 100, 1, Duration.ZERO);

    private static final Prompts.Made NOTHING = new Prompts.Made(new Prompt("a-model", List.of(), null, null), 0);

    private final TestDatabase database = TestDatabase.create();
    private final RedisServer server = RedisServer.start();
    private final ChatsForTests world = new ChatsForTests(database);
    private final RunRepository runs = new RunRepository(database.jdbc(), world.json);
    private final List<Side> sides = new ArrayList<>();

    /// The module as one node has it, put together by hand.
    private final class Side {
        final UUID node = Ids.next();
        final TestCluster cluster;
        final Wire wire;
        final RunningAnswers running = new RunningAnswers();
        final Mirrors mirrors;
        final Feeds feeds;
        final Endings endings;
        private @Nullable Checkpointer checkpointer;

        Side(TestCluster cluster) throws InterruptedException {
            this.cluster = cluster;
            wire = new Wire(cluster.redis());
            mirrors = new Mirrors(runs, world.conversation, running, wire, cluster.signals(), PROPERTIES);
            feeds = new Feeds(wire, running);
            endings = new Endings(
                    runs,
                    world.conversation,
                    running,
                    mirrors,
                    BillForTests.of(database, world),
                    world.transaction,
                    cluster.signals());
            cluster.start();
            mirrors.start();
            feeds.start();
            sides.add(this);
        }

        Side withCheckpoints() {
            checkpointer = new Checkpointer(database.shared(), world.json, running, PROPERTIES);
            checkpointer.start();
            return this;
        }

        void stop() {
            feeds.stop();
            mirrors.stop();
            if (checkpointer != null) {
                checkpointer.stop();
            }
            cluster.close();
        }

        Written writes() {
            Chat chat = world.newChat();
            Asked asked = world.ask(chat, new Place.Current(), "q", null);
            return writes(asked, 0);
        }

        Written writes(Asked asked, int epoch) {
            Run run = new Run(
                    asked.answer().id(),
                    world.owner,
                    asked.answer().chatId(),
                    node,
                    epoch,
                    new Run.Order("a-model", null, null));
            if (epoch == 0) {
                runs.insert(run);
            }
            AnswerLog log = AnswerLog.ofWriter(asked.question(), asked.answer(), epoch);
            Written written = new Written(asked, run, log, new Hanging());
            AnswerRun writer = new AnswerRun(run, log, () -> NOTHING, written.model(), endings);
            running.add(writer);
            return written;
        }

        Listener follows(Written written) {
            return new Listener(mirrors.follow(
                    world.owner, written.asked().question(), written.asked().answer(), 0));
        }

        void ends(Written written) {
            String text = written.log().text(Kind.TEXT);
            assertThat(endings.store(written.run(), new Outcome.Stopped(), text, "", Circumstances.UNKNOWN))
                    .isPresent();
        }
    }

    private record Written(Asked asked, Run run, AnswerLog log, Hanging model) {
        void says(String text) {
            log.append(Kind.TEXT, text);
        }
    }

    /// Whoever listens to a log from its start: what it was told since the last reset.
    private static final class Listener {
        final AnswerLog log;
        private final StringBuilder text = new StringBuilder();
        volatile String told = "";
        final AtomicLong resets = new AtomicLong();
        private volatile @Nullable Event end;

        Listener(AnswerLog log) {
            this.log = log;
            Thread.ofVirtual().start(this::listen);
        }

        private void listen() {
            long seen = 0;
            try {
                while (end == null) {
                    for (Placed placed : log.next(seen, () -> false)) {
                        assertThat(placed.id()).isGreaterThan(seen);
                        seen = placed.id();
                        hear(placed);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void hear(Placed placed) {
            switch (placed.event()) {
                case Event.Delta(var _, var more) -> told = text.append(more).toString();
                case Event.Reset() -> {
                    text.setLength(0);
                    told = "";
                    resets.incrementAndGet();
                }
                case Event.Start _ -> {}
                case Event.Done _, Event.Failed _ -> end = placed.event();
            }
        }

        void awaits(String expected) {
            await().atMost(PATIENCE).until(() -> told.equals(expected));
        }

        void awaitsEnd() {
            await().atMost(PATIENCE).until(() -> end != null);
        }
    }

    /// Redis as it is, or as one that loses what it is given; counts what passes.
    private static final class Wire implements Redis {
        final Redis redis;
        final AtomicLong stretches = new AtomicLong();
        final AtomicLong textBytes = new AtomicLong();
        volatile boolean losesEveryThird;
        private long count;

        Wire(Redis redis) {
            this.redis = redis;
        }

        @Override
        public boolean isUp() {
            return redis.isUp();
        }

        @Override
        public HealthPart.State state() {
            return redis.state();
        }

        @Override
        public void subscribe(String channel, Consumer<byte[]> listener) {
            redis.subscribe(channel, listener);
        }

        @Override
        public void whenUp(Runnable listener) {
            redis.whenUp(listener);
        }

        @Override
        public CompletionStage<Long> publish(String channel, byte[] message) {
            if (channel.startsWith("answers.fed")) {
                for (Fed fed : Fed.of(message)) {
                    stretches.incrementAndGet();
                    textBytes.addAndGet(fed.text().length());
                }
                if (losesEveryThird && ++count % 3 == 0) {
                    return CompletableFuture.completedStage(1L);
                }
            }
            return redis.publish(channel, message);
        }
    }

    /// A model that says nothing until it is closed.
    private static final class Hanging extends OneModel {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);

        /// Who is stopped before that has no connection to be closed.
        void awaitsQuestion() throws InterruptedException {
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public Piece next() {
            asked.countDown();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("The connection is closed");
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @AfterEach
    void stop() {
        sides.forEach(Side::stop);
        server.close();
        database.close();
    }

    private Side side() throws InterruptedException {
        return new Side(TestCluster.on(database, server));
    }

    private static String tokens(Written written, int count) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String token = "token " + i + ", ";
            all.append(token);
            written.says(token);
        }
        return all.toString();
    }

    @Test
    void redisBringsWhatTheTableDoesNotHave() throws Exception {
        Side writer = side();
        Side follower = side();
        Written written = writer.writes();
        written.says("said before anybody listened. ");

        Listener listener = follower.follows(written);
        listener.awaits("said before anybody listened. ");
        String more = tokens(written, 200);
        listener.awaits("said before anybody listened. " + more);

        writer.ends(written);
        listener.awaitsEnd();
        assertThat(listener.resets).hasValue(0);
    }

    @Test
    void eachCharacterCrossesOnce() throws Exception {
        Side writer = side();
        Side follower = side();
        Written written = writer.writes();
        Listener listener = follower.follows(written);
        long before = moved();

        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            String text = (i + " ").repeat(1_000);
            written.says(text);
            all.append(text);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> listener.told.length() == all.length());
        }

        assertThat(listener.told).isEqualTo(all.toString());
        assertThat(writer.wire.textBytes).hasValue(all.length());
        // Into Redis and out of it, with the names of channels, and both nodes' pulses meanwhile.
        assertThat(moved() - before).isLessThan(2L * all.length() + 400L * writer.wire.stretches.get() + 200_000);
    }

    /// All bytes in and out of Redis so far.
    private long moved() {
        return server.ask("INFO stats")
                .lines()
                .filter(line -> line.startsWith("total_net_"))
                .mapToLong(line -> Long.parseLong(line.replaceFirst(".*:", "").strip()))
                .sum();
    }

    @Test
    void nothingCrossesForWhoDoesNotFollow() throws Exception {
        Side writer = side();
        Side follower = side();
        Written followed = writer.writes();
        Written other = writer.writes();
        Listener listener = follower.follows(followed);
        tokens(other, 100);

        listener.awaits(tokens(followed, 10));

        assertThat(writer.wire.textBytes).hasValue(listener.told.length());
    }

    @Test
    void whatIsLostOnTheWayIsAskedForAgain() throws Exception {
        Side writer = side();
        Side follower = side();
        Written written = writer.writes();
        Listener listener = follower.follows(written);
        listener.awaits(tokens(written, 1));
        writer.wire.losesEveryThird = true;

        StringBuilder all = new StringBuilder(listener.told);
        for (int i = 0; i < 100; i++) {
            long sent = writer.wire.stretches.get();
            written.says("more ");
            all.append("more ");
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> writer.wire.stretches.get() > sent);
        }
        writer.wire.losesEveryThird = false;
        written.says("and that was it.");

        listener.awaits(all + "and that was it.");
        assertThat(listener.resets).hasValue(0);
    }

    @Test
    void aRedisThatHangsDiesAndComesBackEmptyLosesAndDoublesNothing() throws Exception {
        Side writer = side().withCheckpoints();
        Side follower = side();
        Written written = writer.writes();
        Listener listener = follower.follows(written);
        StringBuilder all = new StringBuilder();
        List<Runnable> misfortunes =
                List.of(server::pause, server::resume, server::kill, server::restart, server::flush);
        for (Runnable misfortune : misfortunes) {
            all.append(tokens(written, 50));
            misfortune.run();
            all.append(tokens(written, 50));
            listener.awaits(all.toString());
        }

        writer.ends(written);
        listener.awaitsEnd();

        assertThat(listener.told).isEqualTo(all.toString());
        assertThat(listener.resets).hasValue(0);
    }

    @Test
    void aFormerWriterThatGoesOnIsNotFollowed() throws Exception {
        Side former = side();
        Side heir = side();
        Side follower = side();
        Written lost = former.writes();
        Listener listener = follower.follows(lost);
        listener.awaits(tokens(lost, 10));

        database.jdbc()
                .sql("update answer_run set epoch = 1, node_id = :heir where id = :id")
                .param("heir", heir.node)
                .param("id", lost.run().id())
                .update();
        Written anew = heir.writes(lost.asked(), 1);
        anew.says("Once more: ");
        listener.awaits("Once more: ");
        lost.says("nobody hears this");
        anew.says("the end.");
        listener.awaits("Once more: the end.");
        heir.ends(anew);
        listener.awaitsEnd();

        assertThat(listener.told).isEqualTo("Once more: the end.");
        assertThat(listener.resets).hasValue(1);
    }

    @Test
    void textThatDiedWithItsWriterIsTakenBack() throws Exception {
        Side writer = side();
        Side follower = side();
        Written written = writer.writes();
        Listener listener = follower.follows(written);
        String saved = tokens(written, 10);
        String all = saved + tokens(written, 1);
        listener.awaits(all);

        assertThat(follower.endings.store(written.run(), new Outcome.Interrupted(), saved, "", Circumstances.UNKNOWN))
                .isPresent();
        listener.awaitsEnd();

        assertThat(listener.told).isEqualTo(saved);
        assertThat(listener.resets).hasValue(1);
    }

    @Test
    void aStopReachesTheWriterAndItsEndTheFollower() throws Exception {
        stops(side(), side());
    }

    @Test
    void alsoWithPostgresAlone() throws Exception {
        stops(new Side(TestCluster.on(database)), new Side(TestCluster.on(database)));
    }

    private void stops(Side writer, Side follower) throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            Written written = writer.writes();
            Listener listener = follower.follows(written);
            AnswerRun run =
                    Objects.requireNonNull(writer.running.find(written.run().id()));
            run.start();
            written.model().awaitsQuestion();

            runs.requestStop(world.owner, written.run().id());
            follower.cluster.signals().tell(Mirrors.STOP, written.run().id().toString());
            listener.awaitsEnd();

            assertThat(listener.end).isInstanceOf(Event.Done.class);
            assertThat(written.model().closed.getCount()).isZero();
        }
    }
}
