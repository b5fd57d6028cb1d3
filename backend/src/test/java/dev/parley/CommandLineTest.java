package dev.parley;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.database.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class CommandLineTest {
    private static final long PATIENCE_S = 120;

    @TempDir
    private Path data;

    /// It would take the answers of a server that has died, and end in the middle of them.
    @Test
    void aCommandIsNoNode() throws Exception {
        try (TestDatabase database = TestDatabase.create()) {
            assertThat(run("migrate", Map.of("DATABASE_URL", database.url()))).startsWith("The database is at version");
            assertThat(database.jdbc()
                            .sql("select count(*) from node")
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
    }

    private String run(String command, Map<String, String> settings) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Parley.class.getName(),
                command);
        builder.environment().putAll(settings);
        builder.environment().put("PARLEY_DATA_DIR", data.toString());
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
