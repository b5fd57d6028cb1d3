package dev.parley.usage;

import dev.parley.database.TestDatabase;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;

/// How long the overview takes when half a million questions were answered within 60 days, by few people and by many:
/// no person, model or day is without an answer, which is the most that there can be to add up. A program, not a test.
@NullMarked
public final class OverviewCost {
    private static final int ANSWERS = 500_000;
    private static final int MODELS = 3;
    private static final int ROUNDS = 21;

    private OverviewCost() {}

    /// A line of JSON for each number of people, with milliseconds.
    public static void main(String[] args) {
        for (int people : List.of(50, 200, 1_000, 5_000)) {
            try (TestDatabase database = TestDatabase.create()) {
                fill(database, people);
                UsageForTests usage = new UsageForTests(database, Clock.systemUTC(), List.of(), List.of());
                String periods = Arrays.stream(UsagePeriod.values())
                        .map(period -> "\"%s\": %.1f".formatted(period, median(() -> usage.report.of(period))))
                        .collect(Collectors.joining(", "));
                System.out.printf(
                        "{\"people\": %d, \"rows\": %d, %s, \"addedUp\": %.1f}%n",
                        people, rows(database), periods, median(() -> addUp(database)));
            }
        }
    }

    private static void fill(TestDatabase database, int people) {
        database.jdbc()
                .sql("""
                insert into usage_slot
                select minutes, starts, owner_id, model, 0, 2 * n, n, 0, 500 * n, 300 * n, 1000 * n,
                       array_fill(0, array[4]) || n || array_fill(0, array[15]),
                       array_fill(0, array[9]) || n || array_fill(0, array[10])
                  from (select minutes, to_timestamp(floor(extract(epoch from at) / (minutes * 60)) * minutes * 60)
                                   as starts,
                               owner_id, model, cast(count(*) as int) as n
                          from (select now() - random() * interval '60 days' as at,
                                       md5('p' || floor(random() * :people))::uuid as owner_id,
                                       'model-' || floor(random() * :models) as model
                                  from generate_series(1, :answers)) a,
                               unnest(array[5, 60, 1440]) as m (minutes)
                         where minutes = 1440 or at > now() - minutes * interval '72 minutes'
                         group by 1, 2, 3, 4) s
                """)
                .param("people", people)
                .param("models", MODELS)
                .param("answers", ANSWERS)
                .update();
        for (String table : List.of("usage_slot", "usage_sum", "usage_person")) {
            database.jdbc().sql("vacuum analyze " + table).update();
        }
    }

    private static double median(Runnable work) {
        double[] millis = new double[ROUNDS];
        for (int i = -5; i < ROUNDS; i++) {
            long begun = System.nanoTime();
            work.run();
            if (i >= 0) {
                millis[i] = (System.nanoTime() - begun) / 1e6;
            }
        }
        Arrays.sort(millis);
        return millis[ROUNDS / 2];
    }

    private static long rows(TestDatabase database) {
        return database.jdbc()
                .sql("select count(*) from usage_slot where minutes = 1440")
                .query(Long.class)
                .single();
    }

    /// The yardstick: what a month's columns would take without sums beside the rows, and without the times.
    private static void addUp(TestDatabase database) {
        database.jdbc().sql("""
                select starts, count(distinct owner_id), sum(answers), sum(prompt_tokens), sum(cost)
                  from usage_slot
                 where minutes = 1440 and starts >= now() - interval '60 days'
                 group by starts
                """).query((row, _) -> row.getLong(2)).list();
    }
}
