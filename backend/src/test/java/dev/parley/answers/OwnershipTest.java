package dev.parley.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.answers.Event.Kind;
import dev.parley.answers.RunRepository.Taken;
import dev.parley.answers.RunRepository.Written;
import dev.parley.chats.Chat;
import dev.parley.chats.ChatsForTests;
import dev.parley.chats.Conversation.Asked;
import dev.parley.chats.Conversation.Place;
import dev.parley.chats.Message;
import dev.parley.cluster.Signals;
import dev.parley.cluster.TestCluster;
import dev.parley.database.TestDatabase;
import dev.parley.shared.Ids;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nodes that begin, write, save, end and take over at random, while their leases are moved under them: whatever they
/// believe, an attempt has one owner, an answer one end, and its text is that of one attempt.
class OwnershipTest {
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final int NODES = 3;
    private static final int STEPS = 400;

    private final ChatsForTests world = new ChatsForTests(DATABASE);
    private final RunRepository runs = new RunRepository(DATABASE.jdbc(), world.json);
    private final Endings endings = endings();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private Endings endings() {
        AnswersProperties properties =
                new AnswersProperties(Duration.ofMillis(150), Duration.ofSeconds(10), 10, 1, Duration.ZERO);
        RunningAnswers running = new RunningAnswers();
        Signals alone = TestCluster.alone();
        Mirrors mirrors = new Mirrors(
                runs, world.conversation, running, TestCluster.on(DATABASE).redis(), alone, properties);
        return new Endings(
                runs, world.conversation, running, mirrors, BillForTests.of(DATABASE, world), world.transaction, alone);
    }

    /// An attempt at an answer, with all that its writer ever said.
    private record Attempt(Run run, AnswerLog log) {}

    private record Claim(UUID run, int epoch) {}

    private record Ending(int epoch, String content) {}

    private final Map<Claim, Attempt> attempts = new ConcurrentHashMap<>();
    private final Map<UUID, Ending> ends = new ConcurrentHashMap<>();
    private final List<SimulatedNode> nodes =
            IntStream.range(0, NODES).mapToObj(_ -> new SimulatedNode()).toList();

    private Attempt claimed(Attempt attempt) {
        Claim claim = new Claim(attempt.run().id(), attempt.run().epoch());
        assertThat(attempts.putIfAbsent(claim, attempt))
                .as("another owner of %s", claim)
                .isNull();
        return attempt;
    }

    private List<Attempt> attemptsAt(UUID run) {
        return attempts.values().stream()
                .filter(attempt -> attempt.run().id().equals(run))
                .toList();
    }

    /// The attempt of whoever took a run.
    private Attempt claimed(Run run) {
        // Another may have taken it again already, before this one came to say so.
        AnswerLog any = attemptsAt(run.id()).getFirst().log();
        return claimed(new Attempt(run, AnswerLog.ofWriter(any.question(), any.answer(), run.epoch())));
    }

    private void store(Run run, Outcome outcome, String content) {
        endings.store(run, outcome, content, "", Circumstances.UNKNOWN)
                .ifPresent(_ -> assertThat(ends.putIfAbsent(run.id(), new Ending(run.epoch(), content)))
                        .as("another end of %s", run)
                        .isNull());
    }

    /// What one node believes and does. Nothing of it is shared but the database.
    private final class SimulatedNode {
        private volatile UUID id = living();
        private final Map<UUID, Attempt> written = new HashMap<>();

        void step(SplittableRandom random) {
            switch (random.nextInt(12)) {
                case 0 -> begin();
                case 1, 2, 3 -> written.values().forEach(attempt -> say(attempt, random));
                case 4, 5 -> save();
                case 6 -> any(random).ifPresent(attempt -> end(attempt, new Outcome.Stopped()));
                case 7, 8 -> take();
                case 9 -> written.keySet().removeAll(runs.lost(held()));
                case 10 -> release(random);
                case 11 -> goOnUnderANewIdIfBuried();
                default -> throw new IllegalStateException();
            }
        }

        private void begin() {
            if (written.size() > 3) {
                return;
            }
            Chat chat = world.newChat();
            Asked asked = world.ask(chat, new Place.Current(), "q", null);
            Run run = new Run(asked.answer().id(), world.owner, chat.id(), id, 0, new Run.Order("a-model", null, null));
            // Before the row is there for others: this node may be dead by now.
            written.put(run.id(), claimed(new Attempt(run, AnswerLog.ofWriter(asked.question(), asked.answer(), 0))));
            runs.insert(run);
        }

        private void say(Attempt attempt, SplittableRandom random) {
            attempt.log().append(Kind.TEXT, "e" + attempt.run().epoch() + ":" + random.nextInt(1_000) + " ");
        }

        private void save() {
            List<Written> batch = new ArrayList<>();
            written.values()
                    .forEach(attempt ->
                            attempt.log().unsaved().forEach(stretch -> batch.add(new Written(attempt.run(), stretch))));
            if (!batch.isEmpty()) {
                runs.save(batch);
                batch.forEach(
                        saved -> Objects.requireNonNull(written.get(saved.run().id()))
                                .log()
                                .saved(saved.stretch().epoch(), saved.stretch().end()));
            }
        }

        private Optional<Attempt> any(SplittableRandom random) {
            return written.values().stream()
                    .skip(written.isEmpty() ? 0 : random.nextInt(written.size()))
                    .findFirst();
        }

        private void end(Attempt attempt, Outcome outcome) {
            written.remove(attempt.run().id());
            store(attempt.run(), outcome, attempt.log().text(Kind.TEXT));
        }

        private void take() {
            runs.takeUnwritten(id, written.keySet(), Set.of())
                    .map(Taken::run)
                    .ifPresent(run -> written.put(run.id(), claimed(run)));
        }

        /// @return false when there is nothing left to close
        boolean closeOne() {
            Optional<Run> taken = runs.takeUnwritten(id, Set.of(), Set.of()).map(Taken::run);
            taken.ifPresent(run -> {
                claimed(run);
                store(run, new Outcome.Interrupted(), saved(run));
            });
            return taken.isPresent();
        }

        private void release(SplittableRandom random) {
            if (random.nextInt(4) == 0) {
                runs.release(held());
                written.clear();
            }
        }

        private void goOnUnderANewIdIfBuried() {
            if (!isAlive(id)) {
                id = living();
            }
        }

        private List<Run> held() {
            return written.values().stream().map(Attempt::run).toList();
        }
    }

    /// What the table has of an answer, which is the beginning of what one attempt said.
    private String saved(Run run) {
        long position = 1;
        StringBuilder text = new StringBuilder();
        for (RunRepository.Chunk chunk : runs.newestChunks(run.id())) {
            assertThat(chunk.position()).as("no gap in what is saved").isEqualTo(position);
            position += chunk.text().length();
            text.append(chunk.text());
        }
        assertThat(attemptsAt(run.id()))
                .anyMatch(attempt -> attempt.log().text(Kind.TEXT).startsWith(text.toString()));
        return text.toString();
    }

    private static UUID living() {
        UUID id = Ids.next();
        DATABASE.jdbc()
                .sql("insert into node (id, alive_until) values (:id, clock_timestamp() + interval '1 hour')")
                .param("id", id)
                .update();
        return id;
    }

    private static boolean isAlive(UUID node) {
        return DATABASE.jdbc()
                        .sql("select count(*) from node where id = :id and not dead")
                        .param("id", node)
                        .query(Integer.class)
                        .single()
                == 1;
    }

    /// What others do to a node's lease, and to the rows that hang on it.
    private void meddle(SplittableRandom random) {
        UUID node = nodes.get(random.nextInt(NODES)).id;
        switch (random.nextInt(4)) {
            case 0 -> change("update node set dead = true where id = :id", node);
            case 1 -> change("delete from node where id = :id", node);
            case 2 -> change("update answer_run set node_id = gen_random_uuid() where node_id = :id", node);
            case 3 -> change("update answer_run set epoch = epoch + 1 where node_id = :id", node);
            default -> throw new IllegalStateException();
        }
    }

    private static void change(String sql, UUID node) {
        DATABASE.jdbc().sql(sql).param("id", node).update();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void holdsInTurns(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int step = 0; step < STEPS; step++) {
            nodes.get(random.nextInt(NODES)).step(random);
            if (random.nextInt(20) == 0) {
                meddle(random);
            }
        }
        closeAndCheck();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void holdsAtOnce(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (SimulatedNode node : nodes) {
                SplittableRandom own = random.split();
                all.add(threads.submit(() -> IntStream.range(0, STEPS).forEach(_ -> node.step(own))));
            }
            SplittableRandom own = random.split();
            all.add(threads.submit(() -> IntStream.range(0, STEPS / 10).forEach(_ -> meddle(own))));
            for (Future<?> one : all) {
                one.get();
            }
        }
        closeAndCheck();
    }

    private void closeAndCheck() {
        nodes.forEach(node -> change("update node set dead = true where id = :id", node.id));
        SimulatedNode last = new SimulatedNode();
        while (last.closeOne()) {}
        Set<UUID> begun = attempts.keySet().stream().map(Claim::run).collect(Collectors.toSet());
        assertThat(begun).hasSizeGreaterThan(10);
        assertThat(attempts.keySet()).anyMatch(claim -> claim.epoch() > 1);
        assertThat(ends.keySet()).isEqualTo(begun);
        ends.forEach((run, end) -> {
            Attempt any = attemptsAt(run).getFirst();
            Message stored = world.conversation.message(world.owner, any.run().chatId(), run);
            assertThat(stored.status()).isIn(Message.Status.STOPPED, Message.Status.INTERRUPTED);
            assertThat(stored.content()).isEqualTo(end.content());
            assertThat(runs.endedUnder(run)).isEqualTo(end.epoch());
        });
        assertThat(left("answer_run")).isZero();
        assertThat(left("answer_chunk")).isZero();
    }

    private static int left(String table) {
        return DATABASE.jdbc()
                .sql("select count(*) from " + table)
                .query(Integer.class)
                .single();
    }
}
