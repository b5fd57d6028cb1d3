package dev.parley.usage;

import dev.parley.database.TestDatabase;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/// How long the overview takes when half a million questions were answered within 60 days, by few people and by many:
/// no person, model or day is without an answer, which is the most that there can be to add up. A program, not a test.
@NullMarked
public final class OverviewCost {
    private static final int ANSWERS = 500_000;
    private static final int MODELS = 3;
    private static final int ROUNDS = 21;

    private OverviewCost() {}

    public static void main(String[] args) {
        for (int people : List.of(50, 200, 1_000)) {
            try (TestDatabase database = TestDatabase.create()) {
                fill(database, people);
                UsageForTests usage = new UsageForTests(database, Clock.systemUTC(), List.of(), List.of());
                for (UsagePeriod period : UsagePeriod.values()) {
                    System.out.printf("%5d people, %-6s %6.1f ms%n", people, period, median(usage, period));
                }
                System.out.println(plan(database));
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
        database.jdbc().sql("vacuum analyze usage_slot").update();
    }

    private static double median(UsageForTests usage, UsagePeriod period) {
        double[] millis = new double[ROUNDS];
        for (int i = -5; i < ROUNDS; i++) {
            long begun = System.nanoTime();
            usage.report.of(period);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - begun) / 1e6;
            }
        }
        Arrays.sort(millis);
        return millis[ROUNDS / 2];
    }

    private static String plan(TestDatabase database) {
        return String.join("\n", database.jdbc().sql("""
                        explain (analyze, costs off)
                        select starts, count(distinct owner_id), sum(answers), sum(first_word[5])
                          from usage_slot
                         where minutes = 1440 and starts >= now() - interval '60 days'
                         group by starts
                        """).query(String.class).list());
    }
}
