package dev.parley.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.CommandProcess;
import dev.parley.database.Gate;
import dev.parley.database.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands in processes of their own, killed where they are certainly in the middle: they wait for what we hold.
@Tag("slow")
class KilledTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    @Test
    void aKilledBackupLeavesTheOneBefore() throws Exception {
        Path file = directory.resolve("backup.zip");
        try (TestDatabase database = TestDatabase.create()) {
            Backups.account(database.jdbc());
            Backups.make(database, file);
            byte[] before = Files.readAllBytes(file);
            Backups.account(database.jdbc());
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("lock table session in access exclusive mode");
                try (CommandProcess backup = command(database, "backup", file.toString())) {
                    awaitThat(backup, () -> waitsForATable(database));
                }
                connection.rollback();
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
            assertThat(left()).hasSize(2);

            assertThat(Backups.counts(Backups.make(database, file)).get("account"))
                    .isEqualTo(2);
            assertThat(left()).as("what was left is cleared away").hasSize(1);
        }
    }

    @Test
    void aFullDiskLeavesTheOneBefore() throws Exception {
        Path file = directory.resolve("backup.zip");
        try (TestDatabase database = TestDatabase.create()) {
            UUID owner = Backups.account(database.jdbc());
            Backups.make(database, file);
            byte[] before = Files.readAllBytes(file);
            Backups.chat(database.jdbc(), owner, 40);
            // What cannot be compressed to less than half.
            database.jdbc().sql("""
                    update message set content = (select string_agg(md5(message.id::text || i), '') from generate_series(1, 1000) i)
                    """).update();

            CommandProcess.Ended ended =
                    CommandProcess.cramped(256, directory, settings(database), "backup", file.toString());
            assertThat(ended.output())
                    .contains("could not be written: File too large")
                    .hasLineCount(1);
            assertThat(ended.status()).isEqualTo(1);
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
            assertThat(left()).hasSize(1);
        }
    }

    @Test
    void aKilledRestoreHasChangedNothing() throws Exception {
        Path file = directory.resolve("backup.zip");
        try (TestDatabase source = TestDatabase.create();
                TestDatabase target = TestDatabase.create()) {
            UUID theirs = Backups.account(source.jdbc());
            Backups.chat(source.jdbc(), theirs, 100);
            Backups.make(source, file);
            UUID ours = Backups.account(target.jdbc());
            Backups.chat(target.jdbc(), ours, 3);
            // An index is made when all rows are loaded.
            try (Gate gate = Gate.before("CREATE INDEX", "true", target)) {
                try (CommandProcess restore = command(target, "restore", file.toString(), "--force")) {
                    awaitThat(restore, gate::isReached);
                }
                gate.open();
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(target.jdbc()
                                    .sql("select id from account")
                                    .query(UUID.class)
                                    .list())
                            .containsExactly(ours));
            assertThat(target.jdbc()
                            .sql("select count(*) from message")
                            .query(Long.class)
                            .single())
                    .isEqualTo(3);

            CommandProcess.Ended again =
                    CommandProcess.run(directory, settings(target), "restore", file.toString(), "--force");
            assertThat(again.output()).contains("Restored ");
            assertThat(again.status()).isZero();
            assertThat(target.jdbc()
                            .sql("select count(*) from message")
                            .query(Long.class)
                            .single())
                    .isEqualTo(100);
        }
    }

    @Test
    void verifyNeedsNoDatabase() throws IOException {
        Path file = directory.resolve("backup.zip");
        try (TestDatabase database = TestDatabase.create()) {
            Backups.make(database, file);
        }
        CommandProcess.Ended whole = CommandProcess.run(directory, Map.of(), "verify", file.toString());
        assertThat(whole.output()).contains("is whole");
        assertThat(whole.status()).isZero();
        Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
        CommandProcess.Ended damaged = CommandProcess.run(directory, Map.of(), "verify", file.toString());
        assertThat(damaged.output()).contains("damaged").hasLineCount(1);
        assertThat(damaged.status()).isEqualTo(1);
    }

    private CommandProcess command(TestDatabase database, String... words) {
        return CommandProcess.start(directory, settings(database), words);
    }

    private static Map<String, String> settings(TestDatabase database) {
        return Map.of("DATABASE_URL", database.url());
    }

    private static void awaitThat(CommandProcess command, BooleanSupplier fact) {
        await().atMost(PATIENCE).until(() -> {
            if (!command.isAlive()) {
                throw new AssertionError(command.await().output());
            }
            return fact.getAsBoolean();
        });
    }

    private static boolean waitsForATable(TestDatabase database) {
        return database.jdbc().sql("""
                        select exists (select from pg_stat_activity
                                        where datname = current_database() and application_name = 'parley backup'
                                          and wait_event_type = 'Lock' and wait_event = 'relation')
                        """).query(Boolean.class).single();
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(path -> path.toString().contains("backup.zip")).toList();
        }
    }
}
