package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.database.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class CommandLineTest {
    @TempDir
    private Path data;

    /// What a server that runs has taken is no reason to fail.
    @Test
    void aCommandSignsOffAndHasLeftAllOtherWorkToServers() throws IOException {
        try (TestDatabase database = TestDatabase.create();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(CommandProcess.run(
                                    data,
                                    Map.of("DATABASE_URL", database.url(), "PARLEY_MANAGEMENT_PORT", port),
                                    "migrate")
                            .output())
                    .startsWith("The database is at version");
            assertThat(database.jdbc()
                            .sql("select count(*) from node where not dead")
                            .query(Integer.class)
                            .single())
                    .isZero();
            assertThat(database.jdbc()
                            .sql("select count(*) from scheduled_tasks")
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
    }

    @Test
    void configSaysWhereAValueIsFromAndShowsNoSecret() {
        Map<String, String> settings = Map.of(
                "PORT",
                "9000",
                "OPENAI_API_KEY",
                "hush",
                "PARLEY_PROFILE",
                "testing",
                "DATABASE_URL",
                "postgresql://u:hush@h/n");
        CommandProcess.Ended ended = CommandProcess.run(data, settings, "config");

        assertThat(ended.status()).isZero();
        assertThat(ended.output())
                .containsPattern("(?m)^PORT +environment +9000 \\(default: 8000\\)$")
                .containsPattern("(?m)^OPENAI_API_KEY +environment +\\S{3} \\(default: none\\)$")
                .containsPattern("(?m)^DATABASE_URL +environment +\\S{3} \\(default: none\\)$")
                .containsPattern("(?m)^PARLEY_RATE_LIMITS +profile +off \\(default: on\\)$")
                .containsPattern("(?m)^OPENAI_MODEL +default +gpt-4$")
                .contains("how freely a model chooses its words, from 0 to 2 (0 to 2)")
                .doesNotContain("hush");
    }
}
