package dev.parley.usage;

import dev.parley.database.TestDatabase;
import dev.parley.shared.Ids;
import dev.parley.users.UsersForTests;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The module put together by hand on a test's database.
public final class UsageForTests {
    static final UUID NODE = Ids.next();

    public final Spending spending;
    public final Quotas quotas;
    final QuotaRepository rows;
    final SlotRepository slots;
    final UsageReport report;

    public UsageForTests(TestDatabase database, Clock clock, List<String> prices, List<String> userQuota) {
        this(database.jdbc(), database, clock, prices, userQuota, _ -> {});
    }

    UsageForTests(TestDatabase database, Clock clock, ApplicationEventPublisher events) {
        this(database.jdbc(), database, clock, List.of(), List.of(), events);
    }

    /// @param jdbc over connections of its own
    UsageForTests(
            JdbcClient jdbc,
            TestDatabase database,
            Clock clock,
            List<String> prices,
            List<String> userQuota,
            ApplicationEventPublisher events) {
        UsageProperties properties = new UsageProperties(prices, "EUR", userQuota, List.of(), 1_200);
        Prices known = Prices.of(prices, List::of);
        rows = new QuotaRepository(jdbc);
        slots = new SlotRepository(jdbc);
        quotas = new Quotas(rows, UsersForTests.users(database, _ -> {}, clock), known, properties, events, clock);
        spending = new Spending(quotas, rows, slots, known, () -> NODE, clock);
        report = new UsageReport(slots, known, properties, clock);
    }

    /// Without limits and prices.
    public static Spending unlimited(TestDatabase database, Clock clock) {
        return new UsageForTests(database, clock, List.of(), List.of()).spending;
    }
}
