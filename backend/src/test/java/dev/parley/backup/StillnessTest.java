package dev.parley.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.CommandProcess;
import dev.parley.NodeProcess;
import dev.parley.database.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes that work with a database and serve nobody, so that nothing is put back under them.
@Tag("slow")
class StillnessTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TestDatabase database = TestDatabase.create();

    @TempDir
    private Path directory;

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void whoWorksInTheBackgroundAloneIsNoticed() {
        Path file = backup();
        orphan();
        try (NodeProcess worker = NodeProcess.start(directory.resolve("worker"), settings("PARLEY_ROLES", "worker"))) {
            renewsItsLeaseAndInheritsNothing();
            assertRefused(file);
            assertRefused(CommandProcess.run(
                    directory.resolve("move"), Map.of("DATABASE_URL", database.url()), "move", "embedded"));
            worker.kill();
        }
        await("the end of its lease").atMost(PATIENCE).until(() -> living() == 0);
        assertPut(file);
    }

    @Test
    void aCommandIsNoticed() throws SQLException {
        Path file = backup();
        orphan();
        try (Connection lock = database.unpooled().getConnection();
                Statement statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            statement.execute("lock table chat in share mode");
            try (CommandProcess seed = CommandProcess.start(
                    directory.resolve("seed"),
                    settings("PARLEY_ROLES", "web,worker"),
                    "seed",
                    "--messages",
                    "10",
                    "--force")) {
                await().atMost(PATIENCE).until(() -> {
                    if (!seed.isAlive()) {
                        throw new AssertionError(seed.await().output());
                    }
                    return living() == 1;
                });
                renewsItsLeaseAndInheritsNothing();
                assertRefused(file);
                lock.rollback();
                assertThat(seed.await().status()).isZero();
            }
        }
        assertThat(living()).as("it has signed off").isZero();
        assertPut(file);
    }

    private Map<String, String> settings(String name, String value) {
        return Map.of("DATABASE_URL", database.url() + "?socketTimeout=600", name, value, "PARLEY_EMBEDDINGS", "off");
    }

    private Path backup() {
        Path file = directory.resolve("backup.zip");
        UUID owner = Backups.account(database.jdbc());
        Backups.chat(database.jdbc(), owner, 3);
        Backups.make(database, file);
        return file;
    }

    /// An answer whose node is gone.
    private void orphan() {
        database.jdbc().sql("""
                insert into answer_run (id, owner_id, chat_id, node_id, prompt)
                select id, owner_id, chat_id, gen_random_uuid(), '{}' from message limit 1
                """).update();
    }

    /// An heir takes what there is whenever it renews its lease.
    private void renewsItsLeaseAndInheritsNothing() {
        for (int i = 0; i < 2; i++) {
            String before = lease();
            await().atMost(PATIENCE).until(() -> !lease().equals(before));
        }
        assertThat(database.jdbc()
                        .sql("select epoch from answer_run")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    private String lease() {
        return database.jdbc()
                .sql("select cast(max(alive_until) as text) from node")
                .query(String.class)
                .single();
    }

    private int living() {
        return database.jdbc()
                .sql("select count(*) from node where not dead and alive_until > clock_timestamp()")
                .query(Integer.class)
                .single();
    }

    private void assertRefused(Path file) {
        assertRefused(restore(file));
    }

    private static void assertRefused(CommandProcess.Ended refused) {
        assertThat(refused.output())
                .startsWith("Parley works with this database")
                .hasLineCount(1);
        assertThat(refused.status()).isEqualTo(1);
    }

    private void assertPut(Path file) {
        CommandProcess.Ended put = restore(file);
        assertThat(put.output()).contains("Restored ").doesNotContain("WARN");
        assertThat(put.status()).isZero();
    }

    private CommandProcess.Ended restore(Path file) {
        return CommandProcess.run(
                directory.resolve("restore"),
                Map.of("DATABASE_URL", database.url()),
                "restore",
                file.toString(),
                "--force");
    }
}
