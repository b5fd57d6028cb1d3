package dev.parley.settings;

import dev.parley.shared.Checkup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;

/// Whether there is room in the data directory, and the clock has not been before what was written there.
class DiskCheckup implements Checkup {
    private static final long LITTLE = 2L << 30;
    private static final long TOO_LITTLE = 200L << 20;
    private static final Duration TOLERANCE = Duration.ofMinutes(1);
    private static final double GIGABYTE = 1e9;

    private final Path data;

    DiskCheckup(@Value("${PARLEY_DATA_DIR}") Path data) {
        this.data = data;
    }

    @Override
    public List<Finding> look() {
        try {
            return List.of(room(), clock());
        } catch (IOException e) {
            return List.of(Finding.broken(
                    "disk", "The data directory " + data + " cannot be read: " + e + ". Give it to who runs Parley."));
        }
    }

    private Finding room() throws IOException {
        Path existing = data.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = existing.resolve("..").normalize();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return Finding.broken(
                    "disk",
                    existing + " is no directory that this user can write; change its owner, or set PARLEY_DATA_DIR.");
        }
        long free = Files.getFileStore(existing).getUsableSpace();
        String room = "%.1f GB are free where %s is".formatted(free / GIGABYTE, data);
        if (free < TOO_LITTLE) {
            return Finding.broken("disk", room + "; the database stops when none is left. Make room.");
        }
        return free < LITTLE
                ? Finding.doubtful("disk", room + ", which may not last long; make room.")
                : Finding.ok("disk", room + ".");
    }

    private Finding clock() throws IOException {
        Instant now = Instant.now();
        Instant latest = Instant.EPOCH;
        if (Files.isDirectory(data)) {
            try (Stream<Path> files = Files.list(data)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Instant written = Files.getLastModifiedTime(file).toInstant();
                    latest = written.isAfter(latest) ? written : latest;
                }
            }
        }
        return latest.isAfter(now.plus(TOLERANCE))
                ? Finding.broken(
                        "clock",
                        "The clock says " + now + ", and something in " + data + " was written at " + latest
                                + "; set the clock, best by a time service.")
                : Finding.ok("clock", "The clock says " + now + ", which is after all that was written here.");
    }
}
