package dev.parley;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.database.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Two processes on one database: one serves people, the other one works.
@Tag("slow")
class RolesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path directory;

    private final TestDatabase database = TestDatabase.create();

    private NodeProcess start(String role) {
        return NodeProcess.start(
                directory.resolve(role),
                Map.of("DATABASE_URL", database.url(), "PARLEY_ROLES", role, "PARLEY_EMBEDDINGS", "off"));
    }

    private int count(String sql) {
        return database.jdbc().sql(sql).query(Integer.class).single();
    }

    @Test
    void whoServesLeavesTheWorkToWhoWorks() {
        try (database;
                NodeProcess web = start("web")) {
            Api anyone = new Api(web.port());
            Api api = anyone.as(anyone.register());
            String chat = api.post("/api/v1/chats/", Map.of()).data().path("id").asString();
            JsonNode asked = api.post("/api/v1/chats/" + chat + "/messages/", Map.of("content", "Who names this chat?"))
                    .data();
            assertThat(asked.path("assistant_message").path("status").asString())
                    .as(asked.toString())
                    .isEqualTo("complete");

            takesWhatLiesWithIt(api);
            // Whoever works looks for work each second.
            await().atMost(PATIENCE).until(() -> count("""
                    select count(*) from scheduled_tasks
                     where task_name = 'title-chat' and not picked and execution_time < now() - interval '4 seconds'
                    """) == 1);
            assertThat(count("select count(*) from scheduled_tasks where task_name = 'purge-sessions'"))
                    .as("nobody looks after what has to be done again and again")
                    .isZero();
            assertThat(api.get("/api/v1/chats/" + chat).data().path("title").isNull())
                    .isTrue();

            try (NodeProcess worker = start("worker")) {
                await().atMost(PATIENCE)
                        .until(() -> api.get("/api/v1/chats/" + chat)
                                .data()
                                .path("title")
                                .asString("")
                                .startsWith("Who names"));
                await().atMost(PATIENCE)
                        .until(() ->
                                count("select count(*) from scheduled_tasks where task_name = 'purge-sessions'") == 1);
                servesNobody(new Api(worker.port()));
                assertThat(count("select count(*) from node where not dead"))
                        .as("nobody replaces the database under either")
                        .isEqualTo(2);
            }
        }
    }

    /// The file lies on the disk of the node that somebody sent it to.
    private static void takesWhatLiesWithIt(Api api) {
        String sent = api.upload("/api/v1/imports/", "no chats at all".getBytes(UTF_8), "chats.json")
                .data()
                .path("id")
                .asString();
        await().atMost(PATIENCE)
                .until(() -> api.get("/api/v1/imports/" + sent)
                        .data()
                        .path("status")
                        .asString()
                        .equals("failed"));
    }

    private static void servesNobody(Api worker) {
        for (String path : List.of("/", "/login", "/ws", "/api/v1/models/", "/api/v1/docs", "/v1/models", "/healthy")) {
            assertThat(worker.get(path).status()).as(path).isEqualTo(404);
        }
        Api.Answer refused =
                worker.post("/api/v1/auth/register", Map.of("email", "a@example.org", "password", "long one"));
        assertThat(refused.code()).isEqualTo("NOT_FOUND");
        for (String path : List.of("/health", "/health/", "/health/live", "/health/ready/")) {
            await().atMost(PATIENCE).until(() -> worker.get(path).status() == 200);
        }
    }
}
