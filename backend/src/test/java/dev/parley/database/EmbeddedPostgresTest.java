package dev.parley.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parley.settings.StartFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Tag("slow")
@Timeout(120)
class EmbeddedPostgresTest {
    @TempDir
    Path data;

    private @Nullable EmbeddedPostgres server;
    private @Nullable Process other;

    @AfterEach
    void end() {
        if (other != null) {
            other.destroyForcibly();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void whatWasWrittenIsThereAtTheNextStart() {
        JdbcClient jdbc = start();
        jdbc.sql("create table note (id bigint)").update();
        jdbc.sql("insert into note values (1)").update();
        Postmaster first = running();
        close();

        await().until(() -> first.process().isEmpty());
        assertThat(start().sql("select id from note").query(Long.class).list()).containsExactly(1L);
    }

    @Test
    void commitsAreOnTheDiskAndStrangersAreKeptOut() throws IOException {
        JdbcClient jdbc = start();

        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            assertThat(jdbc.sql("show " + setting).query(String.class).single()).isEqualTo("on");
        }
        assertThat(jdbc.sql("show listen_addresses").query(String.class).single())
                .isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> jdbc(running().port(), "guessed")
                        .sql("select 1")
                        .query(Long.class)
                        .single())
                .hasStackTraceContaining("password authentication failed");
        assertThat(Files.getPosixFilePermissions(data.resolve("database"))).hasSize(3);
    }

    @Test
    void losesNothingAcknowledgedWhenServerAndDatabaseAreKilled() throws Exception {
        long acknowledged = writeInAnotherProcess();
        Postmaster database = EmbeddedPostgres.runningIn(data).orElseThrow();
        kill(process().toHandle());
        kill(database.process().orElseThrow());

        assertThat(rows(start())).isGreaterThanOrEqualTo(acknowledged);
    }

    @Test
    void aDatabaseThatOutlivedItsServerIsStoppedAndNoneIsLeftBehind() throws Exception {
        long acknowledged = writeInAnotherProcess();
        Postmaster orphan = EmbeddedPostgres.runningIn(data).orElseThrow();
        kill(process().toHandle());
        assertThat(orphan.process()).isPresent();

        assertThat(rows(start())).isGreaterThanOrEqualTo(acknowledged);
        await().until(() -> orphan.process().isEmpty());
        Path database = data.toRealPath().resolve("database");
        long strangers = Postmaster.workers(database).stream()
                .filter(worker -> worker.pid() != running().pid()
                        && worker.parent().map(ProcessHandle::pid).orElse(0L)
                                != running().pid())
                .count();
        assertThat(strangers).isZero();
    }

    @Test
    void aSecondServerOnTheSameDirectoryIsRefused() throws Exception {
        long acknowledged = writeInAnotherProcess();

        assertThat(EmbeddedPostgres.start(data, TestDatabase.binaries(), ServerProcess.PASSWORD, List.of()))
                .isEmpty();
        assertThat(process().isAlive()).isTrue();
        assertThat(acknowledged).isPositive();
    }

    @Test
    void aDatabaseThatDiesAloneComesBackWhereItWas() throws Exception {
        JdbcClient jdbc = start();
        Postmaster first = running();
        kill(first.process().orElseThrow());

        answersEventually(jdbc);
        assertThat(running().pid()).isNotEqualTo(first.pid());
        assertThat(running().port()).isEqualTo(first.port());
    }

    @Test
    void aProcessThatMerelyHasTheOldNumberIsLeftAlone() throws Exception {
        start();
        Path database = data.resolve("database");
        String file = Files.readString(Postmaster.file(database));
        close();
        Process stranger = new ProcessBuilder("sleep", "100").start();
        try {
            Files.writeString(Postmaster.file(database), file.replaceFirst("^\\d+", Long.toString(stranger.pid())));

            answersEventually(start());
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly();
        }
    }

    @Test
    void whatAnInterruptedFirstStartLeftIsDiscarded() throws IOException {
        Path half = Files.createDirectories(data.resolve("database.new/base"));
        Files.writeString(half.resolve("1"), "half");

        start();

        assertThat(data.resolve("database.new")).doesNotExist();
    }

    @Test
    void aDirectoryOfAnotherMajorVersionIsRefused() throws IOException {
        start();
        close();
        Files.writeString(data.resolve("database/PG_VERSION"), "17\n");

        assertThatThrownBy(this::start)
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("is of PostgreSQL 17, and this program carries 18.");
    }

    /// As root in a directory that belongs to somebody, as a container's volume does.
    @Test
    void rootTakesOnWhoeverOwnsTheDirectory() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can become somebody else");
        int somebody = 54321;
        Files.setAttribute(data, "unix:uid", somebody);
        Files.setAttribute(data, "unix:gid", somebody);

        answersEventually(start());
        assertThat(Files.getAttribute(data.resolve("database"), "unix:uid")).isEqualTo(somebody);
        assertThat(Files.getAttribute(Path.of("/proc", Long.toString(running().pid())), "unix:uid"))
                .isEqualTo(somebody);
    }

    private JdbcClient start() {
        server = EmbeddedPostgres.start(data, TestDatabase.binaries(), ServerProcess.PASSWORD, List.of())
                .orElseThrow();
        return jdbc(server.port(), ServerProcess.PASSWORD);
    }

    private void close() {
        Optional.ofNullable(server).orElseThrow().close();
    }

    private Postmaster running() {
        return Optional.ofNullable(server).orElseThrow().running().orElseThrow();
    }

    private Process process() {
        return Optional.ofNullable(other).orElseThrow();
    }

    /// @return how many rows the other process had acknowledged when it was last heard
    private long writeInAnotherProcess() throws IOException {
        Process started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerProcess.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        other = started;
        BufferedReader acknowledgements = started.inputReader();
        long last = 0;
        while (last < 100) {
            String line = acknowledgements.readLine();
            if (line == null) {
                throw new IOException("The other process ended.");
            }
            if (line.matches("\\d+")) {
                last = Long.parseLong(line);
            }
        }
        return last;
    }

    private static void kill(ProcessHandle process) throws Exception {
        CompletableFuture<ProcessHandle> exit = process.onExit();
        process.destroyForcibly();
        exit.get(10, TimeUnit.SECONDS);
    }

    private static long rows(JdbcClient jdbc) {
        return jdbc.sql("select count(*) from note").query(Long.class).single();
    }

    private static void answersEventually(JdbcClient jdbc) {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(DataAccessException.class)
                .until(() -> jdbc.sql("select 1").query(Integer.class).single() == 1);
    }

    private static JdbcClient jdbc(int port, String password) {
        return JdbcClient.create(new DriverManagerDataSource(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + EmbeddedPostgres.DATABASE,
                EmbeddedPostgres.ROLE,
                password));
    }
}
