package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.database.TestDatabase;
import dev.parley.models.ScriptedProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class DoctorTest {
    @TempDir
    private Path data;

    @Test
    void whatIsBrokenIsSaidWithWhatToDo() throws IOException {
        String nowhere = "127.0.0.1:" + closedPort();
        try (ServerSocket taken = new ServerSocket(0)) {
            CommandProcess.Ended ended = CommandProcess.run(
                    data,
                    Map.of(
                            "DATABASE_URL",
                            "postgresql://parley:hush@" + nowhere + "/parley",
                            "REDIS_URL",
                            "redis://:hush@" + nowhere,
                            "OPENAI_BASE_URL",
                            "http://" + nowhere + "/v1",
                            "OPENAI_API_KEY",
                            "hush",
                            "EMAIL_HOST",
                            "127.0.0.1",
                            "EMAIL_PORT",
                            nowhere.replaceFirst(".*:", ""),
                            "PORT",
                            Integer.toString(taken.getLocalPort()),
                            "PARLEY_PUBLIC_URL",
                            "https://chat.example.org",
                            "ALLOWED_HOSTS",
                            "elsewhere.example.org",
                            "PARLEY_REGISTRTION",
                            "closed"),
                    "doctor");
            assertThat(ended.output())
                    .containsPattern("broken +database .*DATABASE_URL")
                    .containsPattern("broken +redis .*REDIS_URL")
                    .containsPattern("broken +openai .*could not be reached.*OPENAI_BASE_URL")
                    .containsPattern("broken +mail .*EMAIL_HOST")
                    .containsPattern("broken +port .*set PORT")
                    .containsPattern("broken +address .*ALLOWED_HOSTS")
                    .containsPattern("doubtful +settings .*PARLEY_REGISTRTION")
                    .containsPattern("ok +clock")
                    .contains("6 things are broken.")
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
