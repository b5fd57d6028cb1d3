package dev.parley.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.shared.Checkup.Finding;
import dev.parley.shared.Checkup.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCheckupTest {
    @TempDir
    private Path data;

    @Test
    void aDirectoryThatIsNotThereYetWillBeMade() {
        List<Finding> findings = new DiskCheckup(data.resolve("not/yet")).look();

        assertThat(findings).extracting(Finding::about).containsExactly("disk", "clock");
        assertThat(findings.getFirst().sentence()).contains("are free where").contains("not/yet");
        assertThat(findings.getLast().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void whatIsNoDirectoryIsSaid() throws IOException {
        Path file = Files.createFile(data.resolve("file"));

        assertThat(new DiskCheckup(file).look())
                .contains(Finding.broken(
                        "disk",
                        file + " is no directory that this user can write; change its owner, or set PARLEY_DATA_DIR."));
    }

    @Test
    void aClockThatWentBackIsSaid() throws IOException {
        Path later = Files.createFile(data.resolve("later"));
        Instant written = Instant.now().plus(Duration.ofHours(1));
        Files.setLastModifiedTime(later, FileTime.from(written));

        Finding clock = new DiskCheckup(data).look().getLast();

        assertThat(clock.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(clock.sentence()).contains("was written at").endsWith("set the clock, best by a time service.");
    }
}
