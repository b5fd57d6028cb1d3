package dev.parley;

import dev.parley.backup.Archive;
import dev.parley.backup.Manifest;
import java.nio.file.Path;
import java.util.List;

/// The command `verify`, which needs neither a server nor a database.
record VerifyCommand(Path file) {
    static VerifyCommand parse(List<String> arguments) {
        return new VerifyCommand(FileArgument.of("verify", arguments, List.of()));
    }

    String look() {
        try (Archive archive = Archive.open(file)) {
            archive.verify(rows -> System.err.printf("%,d rows of a table …%n", rows));
            Manifest manifest = archive.manifest();
            return "%s is whole: %,d rows of %d tables, made at %s by Parley %s (schema %s), %s."
                    .formatted(
                            file,
                            manifest.rows(),
                            manifest.tables().size(),
                            manifest.createdAt(),
                            manifest.version(),
                            manifest.schema(),
                            manifest.carrying());
        }
    }
}
