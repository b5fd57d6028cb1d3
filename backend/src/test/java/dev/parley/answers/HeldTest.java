package dev.parley.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chats.Chat;
import dev.parley.chats.ChatsForTests;
import dev.parley.chats.Conversation.Asked;
import dev.parley.chats.Conversation.Place;
import dev.parley.cluster.Signals;
import dev.parley.cluster.TestCluster;
import dev.parley.database.TestDatabase;
import dev.parley.shared.Ids;
import dev.parley.usage.Estimate;
import dev.parley.usage.UsageForTests;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// What is held of a quota for an answer whose node dies.
class HeldTest {
    private static final TestDatabase DATABASE = TestDatabase.create();

    private final ChatsForTests world = new ChatsForTests(DATABASE);
    private final UsageForTests usage = new UsageForTests(DATABASE, world.clock, List.of(), List.of("tokens/day=1000"));
    private final RunRepository runs = new RunRepository(DATABASE.jdbc(), world.json);
    private final Endings endings = endings();
    private final UUID first = living();
    private final UUID second = living();
    private final Chat chat = world.newChat();
    private final Asked asked = world.ask(chat, new Place.Current(), "q", null);

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
                runs,
                world.conversation,
                running,
                mirrors,
                BillForTests.of(usage.spending, world),
                world.transaction,
                alone);
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
        Run run = new Run(asked.answer().id(), world.owner, chat.id(), first, 0, new Run.Order("a-model", null, null));
        world.transaction.executeWithoutResult(_ -> {
            runs.insert(run);
            usage.spending.reserve(world.owner, run.id(), () -> new Estimate("a-model", 10, 500));
        });
        return run;
    }

    private Run taken() {
        DATABASE.jdbc()
                .sql("update node set dead = true where id = :id")
                .param("id", first)
                .update();
        return world.in(() -> runs.takeUnwritten(second, Set.of(), Set.of()))
                .orElseThrow()
                .run();
    }

    private long number(String column) {
        return DATABASE.jdbc()
                .sql("select %s from quota_use where owner_id = :id".formatted(column))
                .param("id", world.owner.value())
                .query(Long.class)
                .single();
    }

    @Test
    void theHeirHoldsWhatItNowNeedsAndNoMore() {
        begun();
        Run heirs = taken();
        assertThat(number("held_tokens")).isEqualTo(510);

        world.in(() -> usage.spending.reserve(world.owner, heirs.id(), () -> new Estimate("a-model", 400, 500)));
        assertThat(number("held_tokens")).isEqualTo(900);
        world.in(() -> usage.spending.reserve(world.owner, heirs.id(), () -> new Estimate("a-model", 20, 500)));
        assertThat(number("held_tokens")).isEqualTo(520);
    }

    @Test
    void whatIsClosedAsInterruptedCostsItsPromptAndWhatCame() {
        begun();
        Run heirs = taken();

        assertThat(endings.store(heirs, new Outcome.Interrupted(), "four words came here", "", Circumstances.UNKNOWN))
                .isPresent();

        assertThat(number("held_tokens")).isZero();
        assertThat(number("day_tokens")).isBetween(13L, 20L);
    }

    @Test
    void anEndThatIsNobodysAnyMoreCountsNothing() {
        Run lost = begun();
        taken();

        assertThat(endings.store(lost, new Outcome.Stopped(), "four words came here", "", Circumstances.UNKNOWN))
                .isEmpty();

        assertThat(number("held_tokens")).isEqualTo(510);
        assertThat(number("day_tokens")).isZero();
    }

    @Test
    void aRunThatGoesWithItsMessageHoldsNothing() {
        begun();
        DATABASE.jdbc()
                .sql("delete from message where id = :id")
                .param("id", asked.answer().id())
                .update();
        assertThat(number("held_tokens")).isZero();
    }
}
