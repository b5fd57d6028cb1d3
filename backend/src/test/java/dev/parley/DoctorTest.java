package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.database.TestDatabase;
import dev.parley.models.ScriptedProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DoctorTest {
    private static final Pattern DOOR = Pattern.compile(
            "PGPASSWORD=\\$\\(cat (?<file>\\S+)\\) psql -h 127\\.0\\.0\\.1 -p (?<port>\\d+) -U (?<user>\\w+) (?<name>\\w+)");

    @TempDir
    private Path data;

    @Test
    void whatIsBrokenIsSaidWithWhatToDo() throws IOException {
        String nowhere = "127.0.0.1:" + closedPort();
        try (ServerSocket taken = new ServerSocket(0)) {
            CommandProcess.Ended ended = CommandProcess.run(
                    data,
                    Map.ofEntries(
                            Map.entry("DATABASE_URL", "postgresql://parley:hush@" + nowhere + "/parley"),
                            Map.entry("REDIS_URL", "redis://:hush@" + nowhere),
                            Map.entry("OPENAI_BASE_URL", "http://" + nowhere + "/v1"),
                            Map.entry("OPENAI_API_KEY", "hush"),
                            Map.entry("EMAIL_HOST", "127.0.0.1"),
                            Map.entry("EMAIL_PORT", nowhere.replaceFirst(".*:", "")),
                            Map.entry("PORT", Integer.toString(taken.getLocalPort())),
                            Map.entry("PARLEY_PUBLIC_URL", "https://chat.example.org"),
                            Map.entry("ALLOWED_HOSTS", "elsewhere.example.org"),
                            Map.entry("PARLEY_OIDC_ISSUER", "http://" + nowhere),
                            Map.entry("PARLEY_OIDC_CLIENT_ID", "parley"),
                            Map.entry("MEM0_API_KEY", "hush"),
                            Map.entry("MEM0_BASE_URL", "http://" + nowhere),
                            Map.entry("PARLEY_REGISTRTION", "closed")),
                    "doctor");
            assertThat(ended.output())
                    .containsPattern("broken +database .*DATABASE_URL")
                    .containsPattern("broken +redis .*REDIS_URL")
                    .containsPattern("broken +openai .*could not be reached.*OPENAI_BASE_URL")
                    .containsPattern("broken +mail .*EMAIL_HOST")
                    .containsPattern("broken +port .*set PORT")
                    .containsPattern("broken +address .*ALLOWED_HOSTS")
                    .containsPattern("broken +sign-in .*PARLEY_OIDC_ISSUER")
                    .containsPattern("broken +mem0 .*MEM0_BASE_URL")
                    .containsPattern("doubtful +settings .*PARLEY_REGISTRTION")
                    .containsPattern("ok +clock")
                    .contains("8 things are broken.")
                    .doesNotContain("hush")
                    .doesNotContain("Exception");
            assertThat(ended.status()).isEqualTo(1);
        }
    }

    @Test
    void whatWorksIsSaidToo() throws IOException {
        try (TestDatabase database = TestDatabase.create();
                RedisServer redis = RedisServer.start();
                ScriptedProvider provider = ScriptedProvider.start()) {
            provider.lists("one-model", "another");
            CommandProcess.Ended ended = CommandProcess.run(
                    data,
                    Map.of(
                            "DATABASE_URL", database.url(),
                            "REDIS_URL", redis.url(),
                            "OPENAI_BASE_URL", provider.baseUrl().toString(),
                            "OPENAI_MODEL", "a-third",
                            "PORT", Integer.toString(closedPort())),
                    "doctor");
            assertThat(ended.output())
                    .containsPattern("ok +database .*PostgreSQL 18.* its schema has version \\d+")
                    .containsPattern("ok +redis ")
                    .containsPattern("doubtful +openai .*lists 2 models, but not a-third")
                    .containsPattern("off +mail ")
                    .containsPattern("ok +port .*is free")
                    .contains("Nothing is broken.");
            assertThat(ended.status()).isZero();
        }
    }

    /// While the server runs, on its own database.
    @Test
    void theEmbeddedDatabaseCanBeLookedInto() throws Exception {
        Map<String, String> small = Map.of("PARLEY_EMBEDDINGS", "off");
        try (NodeProcess node = NodeProcess.start(data, small)) {
            CommandProcess.Ended ended =
                    CommandProcess.run(data, Map.of("PORT", Integer.toString(node.port())), "doctor");
            assertThat(ended.output())
                    .containsPattern("ok +database .*The embedded PostgreSQL 18")
                    .containsPattern("ok +port .*Parley runs on port " + node.port());
            Matcher door = DOOR.matcher(ended.output());
            assertThat(door.find()).as(ended.output()).isTrue();
            String password = Files.readString(Path.of(door.group("file"))).strip();
            String url = "jdbc:postgresql://127.0.0.1:" + door.group("port") + "/" + door.group("name");
            try (Connection connection = DriverManager.getConnection(url, door.group("user"), password);
                    ResultSet row = connection.createStatement().executeQuery("select count(*) from chat")) {
                assertThat(row.next()).isTrue();
            }
        }
    }

    @Test
    void eachBadValueHasItsSentence() {
        CommandProcess.Ended ended =
                CommandProcess.run(data, Map.of("PORT", "http", "OPENAI_TEMPERATURE", "9"), "doctor");
        assertThat(ended.output())
                .contains("PORT (environment)")
                .contains("OPENAI_TEMPERATURE")
                .hasLineCount(2);
        assertThat(ended.status()).isEqualTo(1);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
