package dev.parley.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.CommandProcess;
import dev.parley.NodeProcess;
import dev.parley.database.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// An instance that goes to other places, as an operator would take it there.
@Tag("slow")
class MoveTest {
    @TempDir
    private Path directory;

    @Test
    void whatIsBackedUpUnderLoadComesBackAndMovesToAnotherDatabaseAndBack() throws Exception {
        Path first = directory.resolve("first");
        Api.Account account;
        String chat;
        try (NodeProcess server = NodeProcess.start(first, Map.of("PARLEY_RATE_LIMITS", "off"))) {
            account = new Api(server.port()).register();
            Api api = new Api(server.port()).as(account);
            chat = api.post("/api/v1/chats/", Map.of("title", "That moved"))
                    .data()
                    .path("id")
                    .asString();
            whileEverybodyWrites(api, () -> succeed(first, Map.of(), "backup", file("loaded.zip"), "--with-secrets"));
            assertThat(CommandProcess.run(first, Map.of(), "restore", file("loaded.zip"), "--force")
                            .output())
                    .as("over a server that runs")
                    .contains("Another Parley already runs");

            CommandProcess.Ended doctor =
                    CommandProcess.run(first, Map.of("PORT", Integer.toString(server.port())), "doctor");
            assertThat(doctor.output())
                    .containsPattern("ok +database +The embedded PostgreSQL 18")
                    .containsPattern("ok +psql +PGPASSWORD=.* psql -h 127.0.0.1 -p \\d+ -U parley parley")
                    .containsPattern("ok +port +Parley runs on port")
                    .contains("Nothing is broken.");
            assertThat(doctor.status()).isZero();
        }

        Path second = directory.resolve("second");
        succeed(second, Map.of(), "restore", file("loaded.zip"));
        try (TestDatabase own = TestDatabase.empty()) {
            Map<String, String> external = Map.of("DATABASE_URL", own.url());
            CommandProcess.Ended there = CommandProcess.tell(own.url(), second, Map.of(), "move", "external");
            assertThat(there.output())
                    .startsWith("Moved ")
                    .contains("Set DATABASE_URL")
                    .hasLineCount(1);
            assertThat(there.status()).isZero();
            succeed(second, external, "backup", file("moved.zip"));
            assertThat(tables("moved.zip"))
                    .as("each with its rows and checksum")
                    .isEqualTo(tables("loaded.zip"));

            own.jdbc()
                    .sql("update chat set title = 'That came back' where title = 'That moved'")
                    .update();
            CommandProcess.Ended refused = CommandProcess.run(second, external, "move", "embedded");
            assertThat(refused.output()).contains("1 accounts already").hasLineCount(1);
            assertThat(refused.status()).isEqualTo(1);
            succeed(second, external, "move", "embedded", "--force");
            assertThat(second.resolve("move.zip")).doesNotExist();
        }
        try (NodeProcess server = NodeProcess.start(second, Map.of("PARLEY_LOG_FORMAT", "json"))) {
            assertThat(new Api(server.port())
                            .as(account)
                            .get("/api/v1/chats/" + chat)
                            .data()
                            .path("title")
                            .asString())
                    .as("with the token of the first server")
                    .isEqualTo("That came back");
        }
        List<String> told = Files.readAllLines(NodeProcess.log("second")).stream()
                .filter(line -> line.contains("Parley is ready"))
                .toList();
        assertThat(JsonMapper.shared().readTree(told.getLast()).path("message").asString())
                .as("a line of the log is an object")
                .startsWith("Parley is ready");
    }

    private static void whileEverybodyWrites(Api api, Runnable work) throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        CountDownLatch busy = new CountDownLatch(20);
        try (ExecutorService people = Executors.newFixedThreadPool(2)) {
            List<Future<?>> writing = List.of(
                    people.submit(() -> write(api, busy, enough)), people.submit(() -> write(api, busy, enough)));
            try {
                assertThat(busy.await(2, TimeUnit.MINUTES)).isTrue();
                work.run();
            } finally {
                enough.set(true);
            }
            for (Future<?> each : writing) {
                each.get(1, TimeUnit.MINUTES);
            }
        }
    }

    private static void write(Api api, CountDownLatch busy, AtomicBoolean enough) {
        do {
            String chat = api.post("/api/v1/chats/", Map.of()).data().path("id").asString();
            Api.Answer asked = api.post("/api/v1/chats/" + chat + "/messages/", Map.of("content", "What is in it?"));
            assertThat(asked.status()).as(asked.toString()).isLessThan(300);
            busy.countDown();
        } while (!enough.get());
    }

    private List<Manifest.Table> tables(String name) {
        try (Archive archive = Archive.open(directory.resolve(name))) {
            return archive.manifest().tables();
        }
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private static void succeed(Path data, Map<String, String> settings, String... words) {
        CommandProcess.Ended ended = CommandProcess.run(data, settings, words);
        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(ended.output()).hasLineCount(1);
    }
}
