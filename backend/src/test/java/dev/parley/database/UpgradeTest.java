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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
        try (TestDatabase fresh = TestDatabase.create()) {
            assertThat(database.schema()).isEqualTo(fresh.schema());
        }
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
