package dev.parley;

import dev.parley.backup.Backup;
import java.nio.file.Path;
import java.util.List;
import org.springframework.context.ApplicationContext;

/// The command `backup`.
record BackupCommand(Path file, boolean withSecrets) {
    private static final String OPTION = "--with-secrets";
    private static final double MEGABYTE = 1e6;

    static BackupCommand parse(List<String> arguments) {
        return new BackupCommand(FileArgument.of("backup", arguments, List.of(OPTION)), arguments.contains(OPTION));
    }

    String write(ApplicationContext context) {
        Backup.Made made = context.getBean(Backup.class)
                .make(file, withSecrets, rows -> System.err.printf("%,d rows of a table …%n", rows));
        return "Backed up %,d rows of %d tables to %s (%.1f MB), %s."
                .formatted(
                        made.manifest().rows(),
                        made.manifest().tables().size(),
                        file,
                        made.bytes() / MEGABYTE,
                        made.manifest().carrying());
    }
}
