package dev.parley.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.settings.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Databases as earlier versions left them, with rows in every table that these had, are brought up to date: whatever
/// stood in them stands there afterwards.
class UpgradeTest {
    private static final String OURS = "classpath:db/migration";
    private static final Path CHECKSUMS = Path.of("src/test/resources/upgrade/checksums.txt");

    private final TestDatabase database = TestDatabase.empty();

    @TempDir
    private Path directory;

    @AfterEach
    void drop() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsThereStays(Station from) throws IOException, SQLException {
        from.reach(database, directory);
        TableRows before = TableRows.of(database);
        if (from != Station.FIRST) {
            assertThat(before.rows()).as("rows of every table").doesNotContainValue(List.of());
        }

        Migrations.run(Station.flyway(database, OURS));

        if (from.compareTo(Station.OPERATORS) < 0) {
            // The index of words has another form since, and a job fills it again.
            before = before.without(List.of("message_search", "chat_search"));
            assertThat(database.jdbc()
                            .sql("select count(*) from search_backlog")
                            .query(Integer.class)
                            .single())
                    .isOne();
        }
        assertThat(before.now(database).rows()).isEqualTo(before.rows());
        assertThat(list(WRONG_SUMS)).isEmpty();
        try (TestDatabase fresh = TestDatabase.create()) {
            assertThat(database.schema()).isEqualTo(fresh.schema());
        }
    }

    /// Every sum of what was used, where it is another than that of the rows, or one of the two is missing.
    private static final String WRONG_SUMS = """
            with used as (
                select minutes, starts, model, chats, messages, answers, errors, prompt_tokens, completion_tokens, cost,
                       owner_id, 1 as summed, first_word, last_word
                  from usage_slot
            ), by_rows as (
                select minutes, starts, model, sum(summed), sum(chats), sum(messages), sum(answers), sum(errors),
                       sum(prompt_tokens), sum(completion_tokens), sum(cost), sum(first_word[1]), sum(first_word[2]),
                       sum(last_word[1]), sum(last_word[2]), sum(last_word[3])
                  from used group by 1, 2, 3
            ), by_sums as (
                select minutes, starts, model, sum(summed), sum(chats), sum(messages), sum(answers), sum(errors),
                       sum(prompt_tokens), sum(completion_tokens), sum(cost), sum(first_word[1]), sum(first_word[2]),
                       sum(last_word[1]), sum(last_word[2]), sum(last_word[3])
                  from usage_sum group by 1, 2, 3
            ), person_by_rows as (
                select minutes, starts, owner_id, sum(summed), sum(answers), sum(prompt_tokens + completion_tokens), sum(cost)
                  from used group by 1, 2, 3
            ), person_by_sums as (
                select minutes, starts, owner_id, sum(summed), sum(answers), sum(tokens), sum(cost)
                  from usage_person group by 1, 2, 3
            )
            (select cast(r as text) from by_rows r except select cast(s as text) from by_sums s)
            union all
            (select cast(s as text) from by_sums s except select cast(r as text) from by_rows r)
            union all
            (select cast(r as text) from person_by_rows r except select cast(s as text) from person_by_sums s)
            union all
            (select cast(s as text) from person_by_sums s except select cast(r as text) from person_by_rows r)
            """;

    /// What an earlier version let happen, and no later one does, does not keep anybody from the later one.
    @Test
    void whatShouldNeverHaveBeenIsMended() throws IOException, SQLException {
        Station.IMPORTS.reach(database, directory);
        JdbcClient jdbc = database.jdbc();
        jdbc.sql("""
                insert into quota_hold (id, owner_id, run_id, node_id, prompt_tokens, tokens, cost)
                values ('01936b00-0000-7000-8000-000000000409', '01936b00-0000-7000-8000-000000000001', null,
                        '01936b00-0000-7000-8000-0000000000e9', -10, 40, -60)
                """).update();
        jdbc.sql("update quota_use set held_tokens = held_tokens + 40, held_cost = held_cost - 60")
                .update();
        jdbc.sql("""
                insert into chat_import (id, owner_id, status, remember, created_at, updated_at)
                select cast('01936b00-0000-7000-8000-00000000052' || n as uuid), '01936b00-0000-7000-8000-000000000002',
                       'running', false, now(), now()
                  from generate_series(1, 2) n
                """).update();
        jdbc.sql("""
                insert into audit_event (id, at, actor_id, action, about_id, details, ip, request_id)
                values ('01936b00-0000-7000-8000-000000000209', now(), null, 'account.created',
                        '01936b00-0000-7000-8000-000000000002', '{}', '', '')
                """).update();

        Migrations.run(Station.flyway(database, OURS));

        assertThat(list("select right(id::text, 3) from quota_hold order by id"))
                .containsExactly("401", "402");
        assertThat(list("select held_tokens || ' ' || held_cost from quota_use"))
                .containsExactly("50 60");
        assertThat(list("""
                select right(id::text, 3) || ' ' || status || ' ' || tries || ' ' || coalesce(failure, '-')
                  from chat_import order by id
                """))
                .containsExactly(
                        "511 done 0 -",
                        "512 running 0 -",
                        "513 failed 0 The file is lost. Send it again.",
                        "514 failed 0 This is no file of chats.",
                        "521 failed 0 The file is lost. Send it again.",
                        "522 running 0 -");
        assertThat(list("select username from account where is_vouched")).containsExactly("bob");
    }

    /// Whoever goes takes the part of the sums that was made before there were any.
    @Test
    void sumsGoWithWhatTheyAreOf() throws IOException, SQLException {
        Station.IMPORTS.reach(database, directory);
        Migrations.run(Station.flyway(database, OURS));
        for (String owner : List.of("0001", "00f1", "0002")) {
            assertThat(list("select 'sum' from usage_sum limit 1")).hasSize(1);
            database.jdbc()
                    .sql(
                            "delete from usage_slot where owner_id = cast('01936b00-0000-7000-8000-00000000' || :owner as uuid)")
                    .param("owner", owner)
                    .update();
            assertThat(list(WRONG_SUMS)).isEmpty();
        }
        assertThat(list("select cast(s as text) from usage_sum s")).isEmpty();
        assertThat(list("select cast(p as text) from usage_person p")).isEmpty();
    }

    private List<@Nullable String> list(String query) {
        return database.jdbc().sql(query).query(String.class).list();
    }

    /// A database that was made with it could not be opened by whoever has the new one.
    @Test
    void noMigrationIsWrittenAnew() throws IOException {
        List<String> today = new ArrayList<>();
        for (MigrationInfo migration : Station.flyway(database, OURS).info().all()) {
            today.add(migration.getVersion() + " " + migration.getChecksum());
        }
        assertThat(today).containsExactlyInAnyOrderElementsOf(Files.readAllLines(CHECKSUMS));
    }

    @Test
    void theWayGoesThroughEveryMigration() {
        List<String> all = new ArrayList<>();
        for (MigrationInfo migration : Station.flyway(database, OURS).info().all()) {
            all.add(String.valueOf(migration.getVersion()));
        }
        assertThat(Station.versions()).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void manyMigrateAnEmptyDatabaseAtOnce() throws Exception {
        try (ExecutorService nodes = Executors.newFixedThreadPool(4)) {
            List<Future<?>> starts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                starts.add(nodes.submit(() -> Migrations.run(Station.flyway(database, OURS))));
            }
            for (Future<?> start : starts) {
                start.get(2, TimeUnit.MINUTES);
            }
        }
        try (TestDatabase fresh = TestDatabase.create()) {
            assertThat(database.schema()).isEqualTo(fresh.schema());
        }
    }

    @Test
    void aFailureLeavesNothingOfWhatCameBeforeIt() throws IOException {
        Migrations.run(Station.flyway(database, OURS));
        Files.writeString(directory.resolve("V9998__first_a_good_one.sql"), "create table fine (id bigint);");
        Files.writeString(directory.resolve("V9999__then_a_bad_one.sql"), "drop table message_search; select 1 / 0;");
        List<?> before = database.schema();

        assertThatThrownBy(() -> Migrations.run(Station.flyway(database, OURS, "filesystem:" + directory)))
                .isInstanceOf(StartFailure.class)
                .hasMessage(
                        "The database could not be brought up to date and is as it was: migration 9999 (then a bad one) "
                                + "failed with \"ERROR: division by zero\".");
        assertThat(database.schema()).isEqualTo(before);
    }

    @Test
    void anothersDatabaseIsLeftAlone() {
        Flyway flyway = Station.flyway(database, OURS);
        Migrations.run(flyway);
        database.jdbc()
                .sql("update flyway_schema_history set checksum = 1 where version = '5'")
                .update();
        assertThatThrownBy(() -> Migrations.run(flyway))
                .isInstanceOf(StartFailure.class)
                .hasMessage(
                        "The database was made by a program that is not an earlier version of this one, and is left "
                                + "as it is: its migration 5 (contexts) is not this program's.");
    }
}
