package dev.parley.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chats.ChatsForTests;
import dev.parley.database.TestDatabase;
import dev.parley.shared.UserId;
import dev.parley.usage.UsageReport.ModelUse;
import dev.parley.usage.UsageReport.PersonUse;
import dev.parley.usage.UsageReport.Report;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UsageReportTest {
    private final TestDatabase database = TestDatabase.create();
    private final ChatsForTests world = new ChatsForTests(database);
    private final UsageForTests usage = new UsageForTests(database, world.clock, List.of("a=1000/1000"), List.of());

    @AfterEach
    void close() {
        database.close();
    }

    private void answer(UserId owner, String model, int chats, int errors, long firstMillis) {
        Occasion occasion =
                new Occasion(chats, 2, 1, errors, Duration.ofMillis(firstMillis), Duration.ofMillis(10 * firstMillis));
        world.transaction.executeWithoutResult(_ -> usage.spending.count(owner, new Spent(model, 100, 50), occasion));
    }

    @Test
    void whatWasUsedStandsInItsSlotBesideTheOneBefore() {
        UserId other = world.newOwner(database);
        answer(world.owner, "a", 1, 0, 400);
        world.clock.pass(Duration.ofHours(24));
        answer(world.owner, "a", 1, 0, 400);
        answer(world.owner, "a", 0, 1, 800);
        answer(other, "b", 0, 0, 20_000);

        Report day = usage.report.of(UsagePeriod.DAY);

        assertThat(day.columns()).hasSize(24);
        UsageReport.UsageColumn last = day.columns().getLast();
        assertThat(last.starts()).hasToString("2026-11-23T10:00:00Z");
        assertThat(last.now().users()).isEqualTo(2);
        assertThat(last.now().messages()).isEqualTo(6);
        assertThat(last.now().errors()).isEqualTo(1);
        assertThat(last.now().promptTokens()).isEqualTo(300);
        assertThat(last.now().cost()).isEqualTo(0.3);
        assertThat(last.before().users()).isEqualTo(1);
        assertThat(last.before().chats()).isEqualTo(1);
        assertThat(day.now().users()).isEqualTo(2);
        assertThat(day.before().answers()).isEqualTo(1);
        assertThat(day.columns().getFirst().now()).isEqualTo(UsageReport.UsageFigures.of(nothing()));
        assertThat(day.models()).containsExactly(new ModelUse("a", 2, 1, 300, 0.3), new ModelUse("b", 1, 0, 150, 0));
        assertThat(day.people())
                .containsExactly(new PersonUse(world.owner, 2, 300, 0.3), new PersonUse(other, 1, 150, 0));

        Report month = usage.report.of(UsagePeriod.MONTH);
        assertThat(month.columns()).hasSize(30);
        assertThat(month.now().answers()).isEqualTo(4);
        assertThat(month.before().answers()).isZero();
        assertThat(usage.report.of(UsagePeriod.HOUR).now().answers()).isEqualTo(3);
    }

    private static SlotRepository.Sum nothing() {
        List<Long> none = Collections.nCopies(Histogram.SPANS, 0L);
        return new SlotRepository.Sum(0, 0, 0, 0, 0, 0, 0, 0, none, none);
    }

    @Test
    void percentilesOfManyAreNearThoseOfEach() {
        for (int i = 1; i <= 100; i++) {
            answer(world.owner, i % 2 == 0 ? "a" : "b", 0, 0, 100L * i);
        }
        UsageReport.UsageFigures now = usage.report.of(UsagePeriod.DAY).now();
        assertThat(now.firstP50Ms()).isBetween(4_000L, 6_250L);
        assertThat(now.firstP95Ms()).isBetween(7_600L, 11_875L);
        assertThat(now.lastP50Ms()).isBetween(40_000L, 62_500L);
    }

    @Test
    void whatIsFineIsLetGoAndDaysAreKept() {
        answer(world.owner, "a", 1, 0, 400);
        world.clock.pass(Duration.ofDays(4));
        assertThat(usage.slots.purge(world.clock.instant())).isEqualTo(2);
        assertThat(usage.slots.days(world.owner))
                .singleElement()
                .satisfies(day -> assertThat(day.answers()).isEqualTo(1));
        world.clock.pass(Duration.ofDays(400));
        assertThat(usage.slots.purge(world.clock.instant())).isEqualTo(1);
    }
}
