package dev.parley.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.chats.ChatsForTests;
import dev.parley.database.TestDatabase;
import dev.parley.shared.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// What the database adds up beside `usage_slot` is its sum, whatever happened.
class UsageSumsTest {
    @Test
    void theSumsAreThoseOfTheRowsHoweverManyCountAtOnceAndWhoeverGoes() throws Exception {
        try (TestDatabase database = TestDatabase.create()) {
            ChatsForTests world = new ChatsForTests(database);
            List<UserId> people = IntStream.range(0, 8)
                    .mapToObj(_ -> world.newOwner(database))
                    .toList();
            try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> working = new ArrayList<>();
                for (int node = 0; node < 6; node++) {
                    SplittableRandom random = new SplittableRandom(node);
                    working.add(nodes.submit(() -> countSome(database, world, people, random)));
                }
                for (Future<?> each : working) {
                    each.get();
                }
                assertThat(off(database.jdbc())).isEmpty();
                assertThat(sum(database.jdbc(), "usage_sum")).isEqualTo(6 * 25 * 3);

                // Two accounts go while others are counted.
                Future<?> counting =
                        nodes.submit(() -> countSome(database, world, people.subList(2, 8), new SplittableRandom(7)));
                delete(database.unpooled(), people.get(0));
                delete(database.unpooled(), people.get(1));
                counting.get();
            }
            assertThat(off(database.jdbc())).isEmpty();

            world.clock.pass(Duration.ofDays(4));
            UsageForTests usage = new UsageForTests(database, world.clock, List.of(), List.of());
            assertThat(usage.slots.purge(world.clock.instant())).isPositive();
            assertThat(off(database.jdbc())).isEmpty();
            assertThat(database.jdbc()
                            .sql(
                                    "select distinct minutes from usage_sum union select distinct minutes from usage_person")
                            .query(Integer.class)
                            .list())
                    .containsExactly(1440);
            people.forEach(person -> delete(database.unpooled(), person));
            assertThat(database.jdbc()
                            .sql("select (select count(*) from usage_sum) + (select count(*) from usage_person)")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
    }

    /// Over a connection of its own, as another node does.
    private static void countSome(
            TestDatabase database, ChatsForTests world, List<UserId> people, SplittableRandom random) {
        DriverManagerDataSource own = database.unpooled();
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(own));
        UsageForTests usage = new UsageForTests(
                JdbcClient.create(own), database, world.clock, List.of("a=1000/1000"), List.of(), _ -> {});
        for (int i = 0; i < 25; i++) {
            UserId person = people.get(random.nextInt(people.size()));
            Spent spent = new Spent(random.nextBoolean() ? "a" : "b", random.nextInt(500), random.nextInt(500));
            Occasion occasion = new Occasion(
                    random.nextInt(2),
                    2,
                    1,
                    random.nextInt(2),
                    Duration.ofMillis(random.nextInt(5_000)),
                    random.nextBoolean() ? null : Duration.ofMillis(random.nextInt(60_000)));
            transaction.executeWithoutResult(_ -> usage.spending.count(person, spent, occasion));
        }
    }

    private static void delete(DriverManagerDataSource source, UserId person) {
        JdbcClient.create(source)
                .sql("delete from account where id = :id")
                .param("id", person.value())
                .update();
    }

    @Test
    void whatWasUsedBeforeThereWereSumsIsInThem() {
        try (TestDatabase database = TestDatabase.empty()) {
            Flyway.configure()
                    .dataSource(database.unpooled())
                    .target("33")
                    .skipDefaultCallbacks(true)
                    .load()
                    .migrate();
            database.jdbc().sql("""
                    insert into usage_slot
                    select minutes, to_timestamp(1760000000 + 86400 * day), md5(concat('p', person))::uuid,
                           concat('m', model), 1, 2 * person, 1 + model, 0, 10 * day, 5, 7,
                           array_fill(0, array[6]) || (1 + model) || array_fill(0, array[13]), array_fill(model, array[20])
                      from unnest(array[5, 60, 1440]) minutes, generate_series(1, 5) day, generate_series(1, 20) person,
                           generate_series(1, 2) model
                    """).update();

            Flyway.configure().dataSource(database.unpooled()).load().migrate();

            assertThat(off(database.jdbc())).isEmpty();
            assertThat(sum(database.jdbc(), "usage_sum")).isEqualTo(3 * 5 * 20 * (2 + 3));
            assertThat(sum(database.jdbc(), "usage_person")).isEqualTo(3 * 5 * 20 * (2 + 3));
        }
    }

    private static long sum(JdbcClient jdbc, String table) {
        return jdbc.sql("select sum(answers) from " + table).query(Long.class).single();
    }

    /// Each sum that the rows do not have, and each of theirs that is nowhere.
    private static List<String> off(JdbcClient jdbc) {
        return jdbc.sql("""
                with slot as (
                    select minutes, starts, model, usage_part(owner_id) as part, count(*) as summed, sum(chats) as chats,
                           sum(messages) as messages, sum(answers) as answers, sum(errors) as errors,
                           sum(prompt_tokens) as prompt_tokens, sum(completion_tokens) as completion_tokens,
                           sum(cost) as cost
                      from usage_slot
                     group by 1, 2, 3, 4
                ), time as (
                    select minutes, starts, model, part, 'first' as word, place, sum(n) as answers
                      from (select *, usage_part(owner_id) as part from usage_slot) u,
                           unnest(first_word) with ordinality as t (n, place)
                     group by 1, 2, 3, 4, 5, 6
                    union all
                    select minutes, starts, model, part, 'last', place, sum(n)
                      from (select *, usage_part(owner_id) as part from usage_slot) u,
                           unnest(last_word) with ordinality as t (n, place)
                     group by 1, 2, 3, 4, 5, 6
                ), summed_time as (
                    select minutes, starts, model, part, 'first' as word, place, n::numeric as answers
                      from usage_sum, unnest(first_word) with ordinality as t (n, place)
                    union all
                    select minutes, starts, model, part, 'last', place, n::numeric
                      from usage_sum, unnest(last_word) with ordinality as t (n, place)
                ), person as (
                    select minutes, starts, owner_id, count(*) as summed, sum(answers) as answers,
                           sum(prompt_tokens + completion_tokens) as tokens, sum(cost) as cost
                      from usage_slot
                     group by 1, 2, 3
                ), summed as (
                    select minutes, starts, model, part, summed, chats, messages, answers, errors, prompt_tokens,
                           completion_tokens, cost
                      from usage_sum
                )
                (select 'rows: ' || s::text from (select * from slot except select * from summed) s)
                union all
                (select 'usage_sum: ' || s::text from (select * from summed except select * from slot) s)
                union all
                (select 'rows: ' || s::text from (select * from time except select * from summed_time) s)
                union all
                (select 'usage_sum: ' || s::text from (select * from summed_time except select * from time) s)
                union all
                (select 'rows: ' || s::text from (select * from person except select * from usage_person) s)
                union all
                (select 'usage_person: ' || s::text from (select * from usage_person except select * from person) s)
                """).query((row, _) -> String.valueOf(row.getString(1))).list();
    }
}
