package dev.parley.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.Api;
import dev.parley.CommandProcess;
import dev.parley.NodeProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Whole programs that find a database of the first version with answers. They wait in the middle of a migration, after
/// it has emptied a table, at a gate.
@Tag("slow")
class MigrationTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String KEY = "a key that is long enough for its purpose";
    private static final String KETTLES = "/api/v1/chats/01936b00-0000-7000-8000-0000000000c1/";
    private static final String CUT_OFF = "/api/v1/chats/01936b00-0000-7000-8000-0000000000c4/";

    private final TestDatabase database = TestDatabase.empty();

    @TempDir
    private Path directory;

    @BeforeEach
    void begin() throws Exception {
        Station.ANSWERS.reach(database, Files.createDirectory(directory.resolve("migrations")));
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void threeNodesThatStartAtOnceMigrateOnce() throws Exception {
        TableRows before = TableRows.of(database).without(List.of("message_search", "chat_search"));
        List<NodeProcess> nodes = new ArrayList<>();
        try {
            try (Gate gate = gate()) {
                for (String name : List.of("node-1", "node-2", "node-3")) {
                    String url = database.url() + "?application_name=" + name;
                    nodes.add(NodeProcess.launch(
                            directory.resolve(name),
                            Map.of("DATABASE_URL", url, "JWT_SECRET_KEY", KEY, "SECRET_KEY", KEY)));
                }
                await().atMost(PATIENCE).until(() -> {
                    assertThat(nodes).allMatch(NodeProcess::isAlive);
                    return whoMigratesOrWaits() == 3;
                });
                gate.open();
            }
            nodes.forEach(NodeProcess::awaitHealth);
            assertThat(database.jdbc().sql("""
                    select version from flyway_schema_history
                     where version is not null group by version having count(*) > 1 or not bool_and(success)
                    """).query(String.class).list()).isEmpty();
            assertThat(before.now(database).rows().get("password"))
                    .isEqualTo(before.rows().get("password"));
            read(nodes);
        } finally {
            nodes.forEach(NodeProcess::close);
        }
    }

    /// What the person of then finds, asked of one node after the other.
    private static void read(List<NodeProcess> nodes) {
        Api.Account ada = new Api(nodes.get(0).port()).login("ada@example.org");
        Api one = new Api(nodes.get(1).port()).as(ada);
        Api other = new Api(nodes.get(2).port()).as(ada);

        JsonNode profile = one.get("/api/v1/users/profile/").data();
        assertThat(profile.path("preferences").path("custom_instructions").asString())
                .isEqualTo("Be brief.\nNo \"lists\".");
        assertThat(titles(one.get("/api/v1/chats/"))).containsExactly("Kettles and their whistles", "Cut off");
        JsonNode tree = other.get(KETTLES + "messages/?branch=all").data().path("items");
        assertThat(tree.valueStream().map(message -> message.path("status").asString()))
                .containsExactlyInAnyOrder("complete", "stopped", "complete", "complete", "failed");
        assertThat(tree.valueStream().map(message -> message.path("content").asString()))
                .contains("Der Dampf wirbelt zwischen zwei Blechen: 100 °C 🫖, 水蒸気.");
        await("the job that fills the index")
                .atMost(PATIENCE)
                .until(() ->
                        titles(other.get("/api/v1/chats/?q=wirbelt")).equals(List.of("Kettles and their whistles")));
        await("a node that answers the question of then")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(one.get(CUT_OFF + "messages/")
                                .data()
                                .path("items")
                                .path(1)
                                .path("status")
                                .asString())
                        .isEqualTo("complete"));
        assertThat(one.get("/api/v1/users/profile/export/").response().body()).contains("Why does a kettle whistle?");
    }

    private static List<String> titles(Api.Answer answer) {
        return answer.data()
                .path("items")
                .valueStream()
                .map(chat -> chat.path("title").asString())
                .toList();
    }

    @Test
    void aKilledMigrationLeavesWhatWasThere() throws Exception {
        TableRows before = TableRows.of(database);
        try (Gate gate = gate()) {
            try (CommandProcess migration = CommandProcess.start(directory, settings(), "migrate")) {
                await().atMost(PATIENCE).until(() -> {
                    if (!migration.isAlive()) {
                        throw new AssertionError(migration.await().output());
                    }
                    return gate.isReached();
                });
            }
            gate.open();
        }
        await("the end of its connections").atMost(PATIENCE).until(() -> whoMigratesOrWaits() == 0);
        assertThat(before.now(database).rows()).isEqualTo(before.rows());
        assertThat(versions()).containsExactly("1", "2", "3", "4");

        CommandProcess.Ended again = CommandProcess.run(directory, settings(), "migrate");
        assertThat(again.output()).startsWith("The database is at version");
        assertThat(before.now(database).rows().get("message"))
                .isEqualTo(before.rows().get("message"));
    }

    @Test
    void aMigrationThatFailsStopsTheStartInOneSentence() throws Exception {
        Path broken = Files.createDirectory(directory.resolve("broken"));
        Files.writeString(broken.resolve("V9999__broken.sql"), "drop table chat cascade; select 1 / 0;");
        Map<String, String> settings = Map.of(
                "DATABASE_URL",
                database.url(),
                "SPRING_FLYWAY_LOCATIONS",
                "classpath:db/migration,filesystem:" + broken);
        TableRows before = TableRows.of(database);
        for (String command : List.of("run", "migrate")) {
            CommandProcess.Ended start = CommandProcess.run(directory, settings, command);
            assertThat(start.output())
                    .startsWith("The database could not be brought up to date and is as it was: migration 9999")
                    .hasLineCount(1);
            assertThat(start.status()).isEqualTo(1);
        }
        assertThat(before.now(database).rows()).isEqualTo(before.rows());
        assertThat(versions()).containsExactly("1", "2", "3", "4");
    }

    private Map<String, String> settings() {
        return Map.of("DATABASE_URL", database.url() + "?application_name=node-1");
    }

    private List<@Nullable String> versions() {
        return database.jdbc()
                .sql("select version from flyway_schema_history where version is not null order by installed_rank")
                .query(String.class)
                .list();
    }

    /// Whoever makes the index of words anew waits at it.
    private Gate gate() throws SQLException {
        return Gate.before("CREATE INDEX", "to_regclass('message_search_tsv') is null", database);
    }

    /// How many programs are in the middle of a migration, or wait for another one's end.
    private int whoMigratesOrWaits() {
        return database.jdbc().sql("""
                        select count(distinct application_name)
                          from pg_stat_activity
                         where datname = current_database() and application_name like 'node-%'
                           and (wait_event = 'advisory' or query like '%pg_try_advisory_xact_lock%')
                        """).query(Integer.class).single();
    }
}
