package dev.parley.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.answers.Event.Kind;
import dev.parley.chats.Chat;
import dev.parley.chats.ChatsForTests;
import dev.parley.chats.Conversation.Place;
import dev.parley.database.TestDatabase;
import dev.parley.shared.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Who may write: one node at a time, whatever the nodes themselves believe.
class RunRepositoryTest {
    private static final TestDatabase DATABASE = TestDatabase.create();

    private final ChatsForTests world = new ChatsForTests(DATABASE);
    private final RunRepository runs = new RunRepository(DATABASE.jdbc(), world.json);
    private final UUID first = livingNode();
    private final UUID second = livingNode();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private Run begun() {
        Chat chat = world.newChat();
        UUID answer = world.ask(chat, new Place.Current(), "q", null).answer().id();
        Run run = new Run(answer, world.owner, chat.id(), first, 0, new Run.Order("a-model", 0.5, null));
        runs.insert(run);
        return run;
    }

    private void chunk(Run run, long position, String text) {
        DATABASE.jdbc()
                .sql("insert into answer_chunk values (:run, :epoch, :pos, :kind, :text)")
                .param("run", run.id())
                .param("epoch", run.epoch())
                .param("pos", position)
                .param("kind", Kind.TEXT.code())
                .param("text", text)
                .update();
    }

    private UUID livingNode() {
        UUID id = Ids.next();
        DATABASE.jdbc()
                .sql("insert into node (id, alive_until) values (:id, clock_timestamp() + interval '1 hour')")
                .param("id", id)
                .update();
        return id;
    }

    private void bury(UUID node) {
        DATABASE.jdbc()
                .sql("update node set dead = true where id = :id")
                .param("id", node)
                .update();
    }

    private List<Run> takeAll(UUID heir) {
        List<Run> taken = new ArrayList<>();
        for (Optional<Run> run = take(heir); run.isPresent(); run = take(heir)) {
            taken.add(run.get());
        }
        return taken;
    }

    private Optional<Run> take(UUID heir) {
        return runs.takeUnwritten(heir, Set.of(), Set.of()).map(RunRepository.Taken::run);
    }

    @Test
    void whoeverTakesARunHasItUnderTheNextEpochAndTheFormerOwnerCannotEndIt() {
        Run run = begun();
        assertThat(takeAll(second)).isEmpty();
        bury(first);
        List<Run> taken = takeAll(second);
        assertThat(taken).singleElement().satisfies(heir -> {
            assertThat(heir.nodeId()).isEqualTo(second);
            assertThat(heir.epoch()).isEqualTo(1);
            assertThat(heir.order()).isEqualTo(run.order());
        });
        assertThat(runs.lost(List.of(run))).containsExactly(run.id());
        assertThat(runs.lost(taken)).isEmpty();
        assertThat(runs.delete(run)).isFalse();
        assertThat(runs.delete(taken.getFirst())).isTrue();
        assertThat(runs.delete(taken.getFirst())).isFalse();
    }

    @Test
    void whatWasHandedOverIsTakenAtOnceAndCountsAsNoCrash() {
        Run run = begun();
        assertThat(runs.release(List.of(run))).isEqualTo(1);
        assertThat(runs.release(List.of(run))).isZero();
        assertThat(runs.delete(run)).isFalse();
        RunRepository.Taken once =
                runs.takeUnwritten(second, Set.of(), Set.of()).orElseThrow();
        assertThat(once.crashes()).isZero();
        bury(second);
        assertThat(runs.takeUnwritten(second, Set.of(), Set.of()))
                .as("by the dead")
                .isEmpty();
        RunRepository.Taken twice =
                runs.takeUnwritten(first, Set.of(), Set.of()).orElseThrow();
        assertThat(twice.crashes()).isEqualTo(1);
        assertThat(twice.run().epoch()).isEqualTo(2);
        assertThat(runs.delete(twice.run())).isTrue();
        assertThat(runs.endedUnder(run.id())).isEqualTo(2);
    }

    @Test
    void whoeverTakesARunLearnsThatItsReaderWantsNoMoreOfIt() {
        Run run = begun();
        runs.requestStop(world.owner, run.id());
        bury(first);
        assertThat(runs.takeUnwritten(second, Set.of(), Set.of()))
                .map(RunRepository.Taken::stopRequested)
                .hasValue(true);
    }

    @Test
    void aRunOfAForgottenNodeIsFoundToo() {
        Run run = begun();
        DATABASE.jdbc()
                .sql("delete from node where id = :id")
                .param("id", first)
                .update();
        assertThat(takeAll(second)).extracting(Run::id).containsExactly(run.id());
    }

    @Test
    void aRunOfOurOwnWithoutAWriterIsFoundWhenItHadTheTimeToGetOne() {
        Run run = begun();
        assertThat(takeAll(first)).isEmpty();
        DATABASE.jdbc()
                .sql("update answer_run set created_at = clock_timestamp() - interval '1 minute' where id = :id")
                .param("id", run.id())
                .update();
        assertThat(runs.takeUnwritten(first, Set.of(run.id()), Set.of())).isEmpty();
        assertThat(runs.takeUnwritten(first, Set.of(), Set.of(run.id()))).isEmpty();
        assertThat(runs.takeUnwritten(first, Set.of(), Set.of()))
                .map(taken -> taken.run().epoch())
                .hasValue(1);
    }

    @Test
    void manyHeirsTakeEachRunOnce() throws Exception {
        List<UUID> all = IntStream.range(0, 12).mapToObj(_ -> begun().id()).toList();
        bury(first);
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Run>>> heirs = IntStream.range(0, 4)
                    .mapToObj(_ -> livingNode())
                    .map(heir -> nodes.submit(() -> takeAll(heir)))
                    .toList();
            List<UUID> taken = new ArrayList<>();
            for (Future<List<Run>> heir : heirs) {
                heir.get().forEach(run -> taken.add(run.id()));
            }
            takeAll(second).forEach(run -> taken.add(run.id()));
            assertThat(taken).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    /// Whoever waits for a checkpoint to commit clears up after it too.
    @Test
    void chunksGoWithTheirRunHoweverItGoes() {
        Run ended = begun();
        chunk(ended, 1, "ended");
        runs.delete(ended);
        Run cascaded = begun();
        chunk(cascaded, 1, "gone with its chat");
        DATABASE.jdbc()
                .sql("delete from chat where id = :id")
                .param("id", cascaded.chatId())
                .update();
        assertThat(DATABASE.jdbc()
                        .sql("select count(*) from answer_chunk where run_id in (:ended, :cascaded)")
                        .param("ended", ended.id())
                        .param("cascaded", cascaded.id())
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void theNewestAttemptOfWhichThereIsTextCounts() {
        Run run = begun();
        chunk(run, 1, "Hel");
        chunk(run, 4, "lo");
        bury(first);
        take(second);
        assertThat(runs.newestChunks(run.id()))
                .extracting(RunRepository.Chunk::text)
                .containsExactly("Hel", "lo");
    }

    @Test
    void newsAreOfTheRunsPresentEpochAlone() {
        Run run = begun();
        chunk(run, 1, "stale");
        bury(first);
        Run heir = take(second).orElseThrow();
        chunk(heir, 1, "fresh");
        List<RunRepository.News> news = runs.news(List.of(new RunRepository.Mirrored(run.id(), 0, 6, false)));
        assertThat(news).singleElement().satisfies(only -> {
            assertThat(only.mirror()).isZero();
            assertThat(only.epoch()).isEqualTo(1);
            assertThat(only.chunk()).isEqualTo(new RunRepository.Chunk(1, Kind.TEXT, "fresh"));
        });
        runs.delete(heir);
        assertThat(runs.news(List.of(new RunRepository.Mirrored(run.id(), 1, 1, false))))
                .containsExactly(new RunRepository.News(0, null, null));
    }

    /// Two UTF-16 units for a face, and one for the rest.
    @Test
    void whoCameFurtherThanTheTableIsToldTheRestOfTheChunkHeIsIn() {
        Run run = begun();
        chunk(run, 1, "Hel");
        chunk(run, 4, "lo \uD83D\uDE00");
        for (long inside : new long[] {5, 6, 8}) {
            assertThat(runs.news(List.of(new RunRepository.Mirrored(run.id(), 0, inside, true))))
                    .extracting(RunRepository.News::chunk)
                    .containsExactly(new RunRepository.Chunk(4, Kind.TEXT, "lo \uD83D\uDE00"));
        }
        assertThat(runs.news(List.of(new RunRepository.Mirrored(run.id(), 0, 9, true))))
                .containsExactly(new RunRepository.News(0, 0, null));
        assertThat(runs.news(List.of(new RunRepository.Mirrored(run.id(), 0, 1, true))))
                .hasSize(2);
    }

    @Test
    void aStopIsRequestedByTheOwnerOnly() {
        Run run = begun();
        runs.requestStop(world.newOwner(DATABASE), run.id());
        assertThat(runs.stopRequested(Set.of(first))).doesNotContain(run.id());
        runs.requestStop(world.owner, run.id());
        assertThat(runs.stopRequested(Set.of(first))).contains(run.id());
    }
}
