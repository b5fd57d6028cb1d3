package dev.parley.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.Api;
import dev.parley.NodeProcess;
import dev.parley.database.Gate;
import dev.parley.database.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server that is killed while it writes what somebody brought along: its chats wait, in the middle of a lot, at a
/// gate.
@Tag("slow")
class KilledImportTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CHATS = 450;

    private final TestDatabase database = TestDatabase.create();

    @TempDir
    private Path data;

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void whatItWroteIsWholeAndTheRestFollows() throws Exception {
        byte[] archive = Archives.json(IntStream.range(0, CHATS)
                .mapToObj(i -> Archives.chatGpt("chat-" + i, "Chat " + i, "Question " + i, "Answer", "Thanks"))
                .toList());
        Api.Account ada;
        String id;
        try (Gate gate = gate();
                NodeProcess server = start()) {
            ada = new Api(server.port()).register();
            id = send(server, ada, archive);
            await().atMost(PATIENCE).until(gate::isReached);
            server.kill();
            gate.open();
        }
        await("the end of its connection").atMost(PATIENCE).until(() -> !isThere());
        int written = count("select count(*) from chat");
        assertThat(written).isBetween(1, CHATS - 1);
        assertThat(count("select done from chat_import")).isEqualTo(written);
        assertWhole();

        // That nobody has worked on it for minutes is found out without waiting for them.
        database.jdbc()
                .sql("update scheduled_tasks set last_heartbeat = now() - interval '1 hour' where picked")
                .update();
        try (NodeProcess server = start()) {
            assertImported(server, ada, id);
            Api.Account other = new Api(server.port()).register();
            assertImported(server, other, send(server, other, archive));
            assertThat(told(ada))
                    .as("as from an import in one go")
                    .isEqualTo(told(other))
                    .hasSize(3 * CHATS);

            JsonNode again = ended(server, ada, send(server, ada, archive));
            assertThat(again.path("imported").asInt()).isZero();
            assertThat(told(ada)).hasSize(3 * CHATS);
            assertWhole();
        }
    }

    private NodeProcess start() {
        return NodeProcess.start(data, Map.of("DATABASE_URL", database.url()));
    }

    private static String send(NodeProcess server, Api.Account whose, byte[] archive) {
        Api.Answer answer = new Api(server.port()).as(whose).upload("/api/v1/imports", archive, "conversations.json");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        return answer.data().path("id").asString();
    }

    private static void assertImported(NodeProcess server, Api.Account whose, String id) {
        JsonNode ended = ended(server, whose, id);
        assertThat(ended.path("status").asString()).isEqualTo("done");
        assertThat(ended.path("imported").asInt()).isEqualTo(CHATS);
        assertThat(ended.path("skipped").isEmpty()).isTrue();
    }

    private static JsonNode ended(NodeProcess server, Api.Account whose, String id) {
        Api api = new Api(server.port()).as(whose);
        return await().atMost(PATIENCE)
                .until(
                        () -> api.get("/api/v1/imports/" + id).data(),
                        one -> List.of("done", "failed")
                                .contains(one.path("status").asString()));
    }

    /// No chat without its messages, no message that cannot be found.
    private void assertWhole() {
        assertThat(count("""
                select count(*) from chat c
                 where c.message_count <> (select count(*) from message m where m.chat_id = c.id)
                    or not exists (select from chat_search s where s.chat_id = c.id)
                    or not exists (select from message m where m.id = c.current_message_id)
                """)).isZero();
        assertThat(count("""
                select count(*) from message m
                 where not exists (select from message_search s where s.message_id = m.id)
                """)).isZero();
    }

    private List<@Nullable String> told(Api.Account whose) {
        return database.jdbc()
                .sql("""
                        select concat_ws(' | ', c.title, c.active_at, m.role, m.content, m.created_at, p.content)
                          from chat c
                          join message m on m.chat_id = c.id
                          left join message p on p.id = m.parent_id
                         where c.owner_id = :owner
                         order by 1
                        """)
                .param("owner", UUID.fromString(whose.id()))
                .query(String.class)
                .list();
    }

    private int count(String sql) {
        return database.jdbc().sql(sql).query(Integer.class).single();
    }

    /// Whoever writes titles after the first lot waits at it.
    private Gate gate() throws SQLException {
        return Gate.beforeRowsOf(
                "chat_search", "exists (select from chat_import where done > 0 and status = 'running')", database);
    }

    private boolean isThere() {
        return count("""
                select count(*) from pg_stat_activity
                 where datname = current_database() and application_name = 'parley import'
                """) > 0;
    }
}
