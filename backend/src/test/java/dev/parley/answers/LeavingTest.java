package dev.parley.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.answers.AnswerLog.Unsaved;
import dev.parley.answers.Event.Kind;
import dev.parley.answers.RunRepository.Chunk;
import dev.parley.answers.RunRepository.Written;
import dev.parley.chats.Chat;
import dev.parley.chats.ChatsForTests;
import dev.parley.chats.Conversation.Asked;
import dev.parley.chats.Conversation.Place;
import dev.parley.chats.Message;
import dev.parley.cluster.Signals;
import dev.parley.cluster.TestCluster;
import dev.parley.database.TestDatabase;
import dev.parley.models.ModelError;
import dev.parley.models.Models;
import dev.parley.models.Piece;
import dev.parley.models.Prompt;
import dev.parley.shared.Ids;
import dev.parley.shared.ParleyException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What there is of an answer whose attempt ends before it does.
class LeavingTest {
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Prompts.Made NOTHING = new Prompts.Made(new Prompt("a-model", List.of(), null, null), 0);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ChatsForTests world = new ChatsForTests(DATABASE);
    private final RunRepository runs = new RunRepository(DATABASE.jdbc(), world.json);
    private final RunningAnswers running = new RunningAnswers();
    private final UUID node = living();
    private final Chat chat = world.newChat();
    private final Asked asked = world.ask(chat, new Place.Current(), "q", null);

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private static AnswersProperties properties(int takeovers) {
        return new AnswersProperties(Duration.ofMillis(150), Duration.ofSeconds(10), 10, takeovers, Duration.ZERO);
    }

    private static UUID living() {
        UUID id = Ids.next();
        DATABASE.jdbc()
                .sql("insert into node (id, alive_until) values (:id, clock_timestamp() + interval '1 hour')")
                .param("id", id)
                .update();
        return id;
    }

    private Run begun() {
        Run run = new Run(asked.answer().id(), world.owner, chat.id(), node, 0, new Run.Order("a-model", null, null));
        runs.insert(run);
        return run;
    }

    private AnswerRun written(Run run, Models model) {
        Signals alone = TestCluster.alone();
        Mirrors mirrors = new Mirrors(
                runs, world.conversation, running, TestCluster.on(DATABASE).redis(), alone, properties(1));
        Endings endings = new Endings(
                runs, world.conversation, running, mirrors, BillForTests.of(DATABASE, world), world.transaction, alone);
        AnswerLog log = AnswerLog.ofWriter(asked.question(), asked.answer(), run.epoch());
        AnswerRun writer = new AnswerRun(run, log, () -> NOTHING, model, endings);
        running.add(writer);
        writer.start();
        return writer;
    }

    private void stopNode(int takeovers) {
        Checkpointer checkpointer = new Checkpointer(DATABASE.shared(), world.json, running, properties(takeovers));
        new Drain(running, checkpointer, runs, TestCluster.alone(), properties(takeovers)).stop();
        checkpointer.stop();
    }

    private Message stored() {
        return world.conversation.message(world.owner, chat.id(), asked.answer().id());
    }

    @Test
    void aNodeThatStopsLeavesAllOfItToAnother() {
        HalfSaid model = new HalfSaid();
        Run run = begun();
        AnswerRun writer = written(run, model);
        await().atMost(PATIENCE).until(() -> writer.log().text(Kind.TEXT).equals("Half an"));
        stopNode(1);
        assertThat(model.closed.getCount()).isZero();
        assertThat(stored().status()).isEqualTo(Message.Status.STREAMING);
        assertThat(runs.newestChunks(run.id())).containsExactly(new Chunk(1, Kind.TEXT, "Half an"));
        assertThat(runs.delete(run)).isFalse();
        assertThat(runs.takeUnwritten(living(), Set.of(), Set.of())).hasValueSatisfying(taken -> {
            assertThat(taken.run().epoch()).isEqualTo(1);
            assertThat(taken.crashes()).as("an orderly end is no crash").isZero();
        });
    }

    @Test
    void whereNothingIsBegunAnewItIsKeptAsInterrupted() {
        AnswerRun writer = written(begun(), new HalfSaid());
        await().atMost(PATIENCE).until(() -> writer.log().text(Kind.TEXT).equals("Half an"));
        stopNode(0);
        assertThat(stored().status()).isEqualTo(Message.Status.INTERRUPTED);
        assertThat(stored().content()).isEqualTo("Half an");
        assertThat(running.count()).isZero();
    }

    @Test
    void anAttemptThatIsRefusedGivesBackWhatTheOneBeforeHadSaid() throws InterruptedException {
        Run first = begun();
        runs.save(List.of(new Written(first, new Unsaved(0, 1, Kind.TEXT, "Half an"))));
        runs.release(List.of(first));
        Run second = runs.takeUnwritten(node, Set.of(), Set.of()).orElseThrow().run();
        AnswerRun writer = written(second, new Refusing());
        writer.join(PATIENCE);
        assertThat(stored().status()).isEqualTo(Message.Status.FAILED);
        assertThat(stored().content()).isEqualTo("Half an");
        assertThat(writer.log().next(5, () -> false))
                .extracting(Event.Placed::event)
                .startsWith(new Event.Reset(), new Event.Delta(Kind.TEXT, "Half an"))
                .last()
                .isInstanceOf(Event.Failed.class);
    }

    /// Says two words, and nothing more until it is closed.
    private static final class HalfSaid extends OneModel {
        private final CountDownLatch closed = new CountDownLatch(1);
        private boolean said;

        @Override
        public Piece next() {
            if (!said) {
                said = true;
                return new Piece.Text("Half an");
            }
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

    private static final class Refusing extends OneModel {
        @Override
        public Piece next() {
            throw new ParleyException(ModelError.AI_PROVIDER_ERROR, "Not now.");
        }

        @Override
        public void close() {}
    }
}
