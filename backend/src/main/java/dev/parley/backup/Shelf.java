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
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/// The directory of backups that are made by themselves. Their names tell when, so that nothing else has to know.
record Shelf(Path directory) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("parley-(\\d{4}-\\d\\d-\\d\\dT\\d{6}Z)\\.zip");
    private static final Pattern PART = Pattern.compile("\\." + NAME.pattern() + "\\..*part");
    /// By which the clocks of two machines may differ that share a directory.
    private static final Duration SKEW = Duration.ofHours(1);

    Path at(Instant time) {
        return directory.resolve("parley-" + TIME.format(time) + ".zip");
    }

    Optional<Instant> newest(Instant now) throws IOException {
        return backups(now).stream().findFirst().map(Backed::time);
    }

    /// Takes away all but the newest.
    ///
    /// @return how many backups are gone
    int tidy(int keep, Instant now) throws IOException {
        List<Backed> old = backups(now).stream().skip(keep).toList();
        for (Backed each : old) {
            Files.deleteIfExists(each.file());
        }
        return old.size();
    }

    /// Backups that claim to be of later: some clock is wrong, and nobody can tell how old they are.
    List<Path> ofTheFuture(Instant now) throws IOException {
        return all().stream()
                .filter(backup -> backup.isLaterThan(now))
                .map(Backed::file)
                .toList();
    }

    /// The newest first.
    private List<Backed> backups(Instant now) throws IOException {
        return all().stream().filter(backup -> !backup.isLaterThan(now)).toList();
    }

    private record Backed(Path file, Instant time) {
        boolean isLaterThan(Instant now) {
            return time.isAfter(now.plus(SKEW));
        }
    }

    private List<Backed> all() throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            return StreamSupport.stream(files.spliterator(), false)
                    .flatMap(file -> time(file).map(time -> new Backed(file, time)).stream())
                    .sorted(Comparator.comparing(Backed::time).reversed())
                    .toList();
        }
    }

    /// Empty where the name is none that is given here, such as one of a thirteenth month.
    private static Optional<Instant> time(Path file) {
        Matcher name = NAME.matcher(name(file));
        if (!name.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(TIME.parse(name.group(1), Instant::from));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    static boolean isName(Path file) {
        return NAME.matcher(name(file)).matches();
    }

    /// Whether it is what is written before it gets such a name.
    static boolean isPart(Path file) {
        return PART.matcher(name(file)).matches();
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
