package dev.parley.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.chats.ChatsForTests;
import dev.parley.database.TestDatabase;
import dev.parley.shared.Ids;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SpendingTest {
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final String MODEL = "a-model";

    private final ChatsForTests world = new ChatsForTests(DATABASE);
    private final UserId owner = world.owner;

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private UsageForTests limited(String... quota) {
        return new UsageForTests(DATABASE, world.clock, List.of("a-model=1000/2000.5"), List.of(quota));
    }

    private Use use(UsageForTests usage) {
        return usage.rows.use(owner, LocalDate.ofInstant(world.clock.instant(), ZoneOffset.UTC));
    }

    private UUID hold(UsageForTests usage, long prompt, long answer) {
        UUID id = Ids.next();
        world.in(() -> usage.spending.reserveHere(owner, id, () -> new Estimate(MODEL, prompt, answer)));
        return id;
    }

    private void spend(UsageForTests usage, long prompt, long completion) {
        world.transaction.executeWithoutResult(
                _ -> usage.spending.count(owner, new Spent(MODEL, prompt, completion), Occasion.BACKGROUND));
    }

    private ParleyException refusal(UsageForTests usage, long prompt, long answer) {
        try {
            hold(usage, prompt, answer);
        } catch (ParleyException e) {
            assertThat(e.code()).isEqualTo(UsageError.QUOTA_EXCEEDED);
            return e;
        }
        throw new AssertionError("It was not refused");
    }

    @Test
    void whatIsSpentAndHeldIsNeverMoreThanTheQuota() {
        UsageForTests usage = limited("tokens/day=1000");
        spend(usage, 100, 100);
        UUID first = hold(usage, 300, 300);
        assertThat(use(usage)).isEqualTo(new Use(200, 200, 300_050_000, 300_050_000, 600, 900_150_000));

        assertThat(refusal(usage, 1, 200).sentence()).contains("held for answers");
        hold(usage, 100, 100);
        world.transaction.executeWithoutResult(
                _ -> usage.spending.settleHere(owner, first, new Spent(MODEL, 0, 0), Occasion.BACKGROUND));
        assertThat(use(usage).heldTokens()).isEqualTo(200);
        hold(usage, 600, 0);
    }

    @Test
    void whoHasNoLimitIsCountedAndNothingIsHeld() {
        UsageForTests usage = limited();
        world.transaction.executeWithoutResult(_ -> assertThat(usage.spending.reserveHere(owner, Ids.next(), () -> {
                    throw new AssertionError("Nobody needs to know");
                }))
                .isFalse());
        spend(usage, 1_000_000, 1_000_000);

        assertThat(use(usage)).isEqualTo(new Use(2_000_000, 2_000_000, 3_000_500_000_000L, 3_000_500_000_000L, 0, 0));
        assertThat(usage.spending.isUsedUp(owner)).isFalse();
    }

    @Test
    void whatNoModelCanHaveReadOverflowsNothing() {
        UsageForTests usage = new UsageForTests(
                DATABASE, world.clock, List.of("a-model=999999.999/999999.999"), List.of("tokens/day=100"));
        spend(usage, Long.MAX_VALUE, Long.MAX_VALUE);
        spend(usage, -5, Long.MAX_VALUE);
        assertThat(use(usage).dayTokens()).isEqualTo(3_000_000_000L);
        assertThat(use(usage).dayCost()).isPositive();
    }

    @Test
    void theSentenceAndTheTimeSayWhenThereIsMore() {
        UsageForTests usage = limited("tokens/day=100", "cost/month=0.5");
        ParleyException tooLittle = refusal(usage, 100, 1);
        assertThat(tooLittle.sentence()).contains("may be too little", "today");
        // The clock says 10:54:00.123.
        assertThat(tooLittle.details().get("retry_after")).isEqualTo((13 * 60 + 6) * 60L);

        spend(usage, 60, 40);
        assertThat(usage.spending.isUsedUp(owner)).isTrue();
        assertThat(refusal(usage, 1, 1).sentence()).contains("used up", "today");

        world.clock.pass(Duration.ofDays(1));
        assertThat(usage.spending.isUsedUp(owner)).isFalse();
        hold(usage, 1, 1);
        world.clock.pass(Duration.ofDays(1));
        spend(usage, 60, 170);
        // 0.14 and 0.40 of 0.50
        assertThat(refusal(usage, 1, 1).sentence()).contains("used up", "this month");
        world.clock.pass(Duration.ofDays(7));
        hold(usage, 1, 1);
        assertThat(use(usage).monthTokens()).isZero();
    }

    @Test
    void aDayThatAnotherNodeKnowsIsNotTakenBack() {
        UsageForTests behind = limited("tokens/day=100");
        ChatsForTests ahead = new ChatsForTests(DATABASE);
        ahead.clock.pass(Duration.ofDays(1));
        UsageForTests other = new UsageForTests(DATABASE, ahead.clock, List.of(), List.of("tokens/day=100"));
        ahead.transaction.executeWithoutResult(
                _ -> other.spending.count(owner, new Spent(MODEL, 50, 50), Occasion.BACKGROUND));

        refusal(behind, 1, 0);
        spend(behind, 1, 0);

        assertThat(other.rows.use(owner, LocalDate.parse("2026-11-23")).dayTokens())
                .isEqualTo(101);
    }

    @Test
    void whatAnOperatorSetsForSomebodyCountsMoreThanTheirRole() {
        UsageForTests usage = limited("tokens/day=100");
        world.transaction.executeWithoutResult(
                _ -> usage.quotas.set(owner, owner, new QuotaLimits(null, 1_000L, null, 5.0)));
        hold(usage, 900, 0);
        assertThat(usage.quotas.view(owner).ownQuota()).isTrue();
        assertThat(usage.quotas.view(owner).month())
                .extracting(UsageView.UsageSpan::tokenLimit, UsageView.UsageSpan::costLimit)
                .containsExactly(1_000L, 5.0);

        world.transaction.executeWithoutResult(_ -> usage.quotas.clear(owner, owner));
        refusal(usage, 101, 0);
    }

    @Test
    void whatADeadNodeHeldIsFreeAgain() {
        UsageForTests usage = limited("tokens/day=100");
        hold(usage, 50, 50);
        assertThat(usage.rows.releaseOfTheDead()).isPositive();
        assertThat(use(usage).heldTokens()).isZero();

        DATABASE.jdbc()
                .sql("insert into node (id, alive_until) values (:id, clock_timestamp()) on conflict do nothing")
                .param("id", UsageForTests.NODE)
                .update();
        hold(usage, 50, 50);
        assertThat(usage.rows.releaseOfTheDead()).isZero();
        DATABASE.jdbc().sql("delete from node").update();
        usage.rows.releaseOfTheDead();
    }

    @Test
    void whatIsForgottenIsFreeAgainAfterADay() {
        UsageForTests usage = limited("tokens/day=100");
        UUID lost = hold(usage, 30, 30);
        hold(usage, 20, 20);
        usage.rows.releaseForgotten();
        assertThat(use(usage).heldTokens()).isEqualTo(100);

        DATABASE.jdbc()
                .sql("update quota_hold set created_at = created_at - interval '25 hours' where id = :id")
                .param("id", lost)
                .update();
        assertThat(usage.rows.releaseForgotten()).isEqualTo(1);
        assertThat(use(usage).heldTokens()).isEqualTo(40);
    }

    @Test
    void nobodyHoldsLessThanNothing() {
        UsageForTests usage = limited("tokens/day=100");
        assertThatThrownBy(() -> hold(usage, 10, -5_000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hold(usage, -10, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThat(use(usage).heldTokens()).isZero();
        UUID held = hold(usage, 50, 50);
        assertThatThrownBy(() -> DATABASE.jdbc()
                        .sql("update quota_hold set tokens = -1 where id = :id")
                        .param("id", held)
                        .update())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void ofAnAccountThatIsGoneNothingIsLeftAndNothingIsCounted() {
        UsageForTests usage = limited("tokens/day=100");
        UserId gone = world.newOwner(DATABASE);
        world.transaction.executeWithoutResult(_ -> {
            usage.quotas.set(owner, gone, new QuotaLimits(10L, null, null, null));
            usage.spending.reserveHere(gone, Ids.next(), () -> new Estimate(MODEL, 5, 5));
            usage.spending.count(gone, new Spent(MODEL, 5, 5), Occasion.BACKGROUND);
        });
        DATABASE.jdbc()
                .sql("delete from account where id = :id")
                .param("id", gone.value())
                .update();
        world.transaction.executeWithoutResult(
                _ -> usage.spending.count(gone, new Spent(MODEL, 5, 5), Occasion.BACKGROUND));

        assertThat(DATABASE.jdbc()
                        .sql("""
                        select (select count(*) from quota where owner_id = :id)
                             + (select count(*) from quota_use where owner_id = :id)
                             + (select count(*) from quota_hold where owner_id = :id)
                             + (select count(*) from usage_slot where owner_id = :id)
                        """)
                        .param("id", gone.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /// As several nodes have it: each with connections of its own, all at once on one person.
    @Test
    void ofManyAtOnceOnSeveralNodesNeverMoreIsHeldThanFits() throws Exception {
        long most = 4_000;
        Queue<UUID> held = new ConcurrentLinkedQueue<>();
        AtomicLong spent = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> working = new ArrayList<>();
            for (int node = 0; node < 6; node++) {
                SplittableRandom random = new SplittableRandom(node);
                SeparateNode one = new SeparateNode(most);
                working.add(nodes.submit(() -> {
                    for (int i = 0; i < 15; i++) {
                        if (one.tryHold(random.nextLong(1, 900), held)) {
                            one.settleSome(random, held, spent);
                        } else {
                            refused.incrementAndGet();
                        }
                        Use now = one.use();
                        assertThat(now.dayTokens() + now.heldTokens()).isLessThanOrEqualTo(most);
                    }
                }));
            }
            for (Future<?> one : working) {
                one.get();
            }
        }
        Use end = use(limited("tokens/day=" + most));
        assertThat(refused).hasPositiveValue();
        assertThat(end.dayTokens()).isEqualTo(spent.get()).isPositive();
        assertThat(end.heldTokens())
                .isEqualTo(DATABASE.jdbc()
                        .sql("select coalesce(sum(tokens), 0) from quota_hold where owner_id = :owner")
                        .param("owner", owner.value())
                        .query(Long.class)
                        .single());
    }

    private final class SeparateNode {
        private final TransactionTemplate transaction;
        private final UsageForTests usage;

        SeparateNode(long most) {
            DriverManagerDataSource own = DATABASE.unpooled();
            transaction = new TransactionTemplate(new JdbcTransactionManager(own));
            usage = new UsageForTests(
                    JdbcClient.create(own), DATABASE, world.clock, List.of(), List.of("tokens/day=" + most), _ -> {});
        }

        Use use() {
            return SpendingTest.this.use(usage);
        }

        boolean tryHold(long tokens, Queue<UUID> held) {
            UUID id = Ids.next();
            try {
                transaction.executeWithoutResult(
                        _ -> usage.spending.reserveHere(owner, id, () -> new Estimate(MODEL, tokens, 0)));
            } catch (ParleyException e) {
                return false;
            }
            held.add(id);
            return true;
        }

        /// Of what was held half is needed.
        void settleSome(SplittableRandom random, Queue<UUID> held, AtomicLong spent) {
            UUID id = random.nextBoolean() ? held.poll() : null;
            if (id == null) {
                return;
            }
            transaction.executeWithoutResult(_ -> {
                long needed = usage.spending.heldForPrompt(owner, id) / 2;
                usage.spending.settleHere(owner, id, new Spent(MODEL, needed, 0), Occasion.BACKGROUND);
                spent.addAndGet(needed);
            });
        }
    }

    @Test
    void amountsOfMoneyAreExact() {
        List<String> fallbacks = new ArrayList<>(List.of("b/c=x"));
        Prices prices = Prices.of(List.of("a=0.075/0.3", "b/c=x=15/60"), () -> fallbacks);
        assertThat(prices.of("a", 3, 1)).isEqualTo(3 * 75 + 300);
        assertThat(prices.of("unknown", 3, 1)).isZero();
        assertThat(prices.most("a", 1, 1)).isEqualTo(75_000);
        fallbacks.clear();
        assertThat(prices.most("a", 1, 1))
                .as("once nobody answers in its place")
                .isEqualTo(375);
        assertThat(Money.shown(Money.parse("12.345"))).isEqualTo(12.345);
        assertThat(Money.of(0.1)).isEqualTo(100_000_000);
    }

    @Test
    void ofTwoLimitsForTheSameTheSmallerCounts() {
        assertThat(Quota.parse(List.of("tokens/day=5", "cost/month=0.5", "tokens/day=3")))
                .isEqualTo(new Quota(3L, null, null, 500_000_000L));
        assertThat(Quota.parse(List.of()).isNone()).isTrue();
    }

    @Test
    void whatIsSetIsToldInTheAuditLog() {
        List<Object> told = new ArrayList<>();
        UsageForTests usage = new UsageForTests(DATABASE, world.clock, told::add);
        world.transaction.executeWithoutResult(_ -> {
            usage.quotas.set(owner, owner, new QuotaLimits(5L, null, null, 2.5));
            usage.quotas.clear(owner, owner);
            usage.quotas.clear(owner, owner);
        });
        assertThat(told)
                .extracting("action", "details")
                .containsExactly(
                        tuple(
                                "quota.set",
                                Map.of(
                                        "day_tokens",
                                        "5",
                                        "month_tokens",
                                        "none",
                                        "day_cost",
                                        "none",
                                        "month_cost",
                                        "2.5")),
                        tuple("quota.cleared", Map.of()));
    }
}
