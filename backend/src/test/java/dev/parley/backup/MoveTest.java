package dev.parley.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.CommandProcess;
import dev.parley.NodeProcess;
import dev.parley.database.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// From the embedded database to one of the operator's own, and back into an empty directory, as an operator would.
@Tag("slow")
class MoveTest {
    @TempDir
    private Path directory;

    @Test
    void anInstanceMovesToAnotherDatabaseAndBack() throws IOException {
        Path first = directory.resolve("first");
        Path second = directory.resolve("second");
        String there = directory.resolve("there.zip").toString();
        String back = directory.resolve("back.zip").toString();
        Api.Account account;
        try (NodeProcess server = NodeProcess.start(first, Map.of());
                TestDatabase own = TestDatabase.empty()) {
            account = new Api(server.port()).register();
            new Api(server.port()).as(account).post("/api/v1/chats/", Map.of("title", "That moved"));
            succeed(first, Map.of(), "backup", there, "--with-secrets");
            assertThat(CommandProcess.run(first, Map.of(), "restore", there, "--force")
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

            Map<String, String> external = Map.of("DATABASE_URL", own.url());
            succeed(second, external, "restore", there);
            succeed(second, external, "backup", back, "--with-secrets");
        }
        Path third = directory.resolve("third");
        succeed(third, Map.of(), "restore", back);
        try (NodeProcess server = NodeProcess.start(third, Map.of("PARLEY_LOG_FORMAT", "json"))) {
            assertThat(new Api(server.port())
                            .as(account)
                            .get("/api/v1/chats/")
                            .data()
                            .path("items")
                            .path(0)
                            .path("title")
                            .asString())
                    .as("with the token of the first server")
                    .isEqualTo("That moved");
        }
        List<String> told = Files.readAllLines(Path.of("target/node-logs/third.log")).stream()
                .filter(line -> line.contains("Parley is ready"))
                .toList();
        assertThat(JsonMapper.shared().readTree(told.getLast()).path("message").asString())
                .as("a line of the log is an object")
                .startsWith("Parley is ready");
    }

    private static void succeed(Path data, Map<String, String> settings, String... words) {
        CommandProcess.Ended ended = CommandProcess.run(data, settings, words);
        assertThat(ended.status()).as(ended.output()).isZero();
        assertThat(ended.output()).hasLineCount(1);
    }
}
