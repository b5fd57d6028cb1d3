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
    private final UUID first = Ids.next();
    private final UUID second = Ids.next();

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

    @Test
    void whoeverTakesARunHasItUnderTheNextEpochAndTheFormerOwnerCannotEndIt() {
        Run run = begun();
        List<Run> taken = runs.take(List.of(first), second, 10);
        assertThat(taken).singleElement().satisfies(heir -> {
            assertThat(heir.nodeId()).isEqualTo(second);
            assertThat(heir.epoch()).isEqualTo(1);
            assertThat(heir.order()).isEqualTo(run.order());
        });
        assertThat(runs.delete(run)).isFalse();
        assertThat(runs.delete(taken.getFirst())).isTrue();
        assertThat(runs.delete(taken.getFirst())).isFalse();
    }

    @Test
    void manyHeirsTakeEachRunOnce() throws Exception {
        List<UUID> all = IntStream.range(0, 12).mapToObj(_ -> begun().id()).toList();
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Run>>> heirs = IntStream.range(0, 6)
                    .mapToObj(_ -> nodes.submit(() -> runs.take(List.of(first), Ids.next(), 5)))
                    .toList();
            List<UUID> taken = new ArrayList<>();
            for (Future<List<Run>> heir : heirs) {
                heir.get().forEach(run -> taken.add(run.id()));
            }
            runs.take(List.of(first), second, 100).forEach(run -> taken.add(run.id()));
            assertThat(taken).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    @Test
    void theEndTakesTheChunksAlong() {
        Run run = begun();
        chunk(run, 1, "Hel");
        chunk(run, 4, "lo");
        assertThat(runs.chunks(run.id(), 0))
                .extracting(RunRepository.Chunk::text)
                .containsExactly("Hel", "lo");
        runs.delete(run);
        assertThat(runs.chunks(run.id(), 0)).isEmpty();
    }

    @Test
    void newsAreOfTheRunsPresentEpochAlone() {
        Run run = begun();
        chunk(run, 1, "stale");
        Run heir = runs.take(List.of(first), second, 10).getFirst();
        chunk(heir, 1, "fresh");
        List<RunRepository.News> news = runs.news(List.of(new RunRepository.Mirrored(run.id(), 0, 6)));
        assertThat(news).singleElement().satisfies(only -> {
            assertThat(only.epoch()).isEqualTo(1);
            assertThat(only.chunk()).isEqualTo(new RunRepository.Chunk(1, Kind.TEXT, "fresh"));
        });
        runs.delete(heir);
        assertThat(runs.news(List.of(new RunRepository.Mirrored(run.id(), 1, 1))))
                .containsExactly(new RunRepository.News(run.id(), null, null));
    }

    @Test
    void aStopIsRequestedByTheOwnerOnly() {
        Run run = begun();
        runs.requestStop(world.newOwner(DATABASE), run.id());
        assertThat(runs.stopRequested(first)).doesNotContain(run.id());
        runs.requestStop(world.owner, run.id());
        assertThat(runs.stopRequested(first)).contains(run.id());
    }
}
