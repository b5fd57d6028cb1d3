package dev.parley.backup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/// The directory of backups that are made by themselves. Their names tell when, so that nothing else has to know.
record Shelf(Path directory) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("parley-(\\d{4}-\\d\\d-\\d\\dT\\d{6}Z)\\.zip");
    private static final Pattern PART = Pattern.compile("\\.parley-.*\\.part");
    private static final Duration LONGEST_WORK = Duration.ofDays(2);

    Path at(Instant time) {
        return directory.resolve("parley-" + TIME.format(time) + ".zip");
    }

    Optional<Instant> newest() throws IOException {
        return backups().stream().findFirst().map(Shelf::time);
    }

    /// The newest first.
    List<Path> backups() throws IOException {
        return named(NAME).stream()
                .sorted(Comparator.comparing(Shelf::time).reversed())
                .toList();
    }

    /// Takes away all but the newest, and what was left by backups that were killed.
    ///
    /// @return how many backups are gone
    int tidy(int keep, Instant now) throws IOException {
        List<Path> old = backups().stream().skip(keep).toList();
        for (Path each : old) {
            Files.deleteIfExists(each);
        }
        for (Path part : named(PART)) {
            if (Files.getLastModifiedTime(part).toInstant().isBefore(now.minus(LONGEST_WORK))) {
                Files.deleteIfExists(part);
            }
        }
        return old.size();
    }

    private List<Path> named(Pattern pattern) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            return StreamSupport.stream(files.spliterator(), false)
                    .filter(file -> pattern.matcher(name(file)).matches())
                    .toList();
        }
    }

    private static Instant time(Path file) {
        return TIME.parse(name(file).replaceFirst("parley-(.*)\\.zip", "$1"), Instant::from);
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
