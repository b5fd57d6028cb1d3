package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The places that ARCHITECTURE.md sends its readers to exist.
class ArchitecturePageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern STOP = Pattern.compile("\\[([^\\]#]+)(?:#(\\w+))?\\]\\(([^)#]+)\\)");

    @Test
    void everyStopIsThere() throws IOException {
        String page = Files.readString(ROOT.resolve("ARCHITECTURE.md"));
        var stops = STOP.matcher(page).results().toList();
        assertThat(stops).hasSizeGreaterThan(10);
        for (MatchResult stop : stops) {
            Path file = ROOT.resolve(stop.group(3));
            assertThat(file).exists();
            if (stop.group(2) != null) {
                assertThat(Files.readString(file)).as(stop.group()).contains(" " + stop.group(2) + "(");
            }
        }
    }
}
