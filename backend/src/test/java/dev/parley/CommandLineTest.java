package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.database.TestDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class CommandLineTest {
    @TempDir
    private Path data;

    /// It would take the answers of a server that has died, and end in the middle of them.
    @Test
    void aCommandIsNoNode() {
        try (TestDatabase database = TestDatabase.create()) {
            assertThat(CommandProcess.run(data, Map.of("DATABASE_URL", database.url()), "migrate")
                            .output())
                    .startsWith("The database is at version");
            assertThat(database.jdbc()
                            .sql("select count(*) from node")
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
    }
}
