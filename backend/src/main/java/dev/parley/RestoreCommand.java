package dev.parley;

import dev.parley.backup.Restore;
import java.nio.file.Path;
import java.util.List;
import org.springframework.context.ApplicationContext;

/// The command `restore`.
record RestoreCommand(Path file, boolean force) {
    private static final String OPTION = "--force";

    static RestoreCommand parse(List<String> arguments) {
        return new RestoreCommand(FileArgument.of("restore", arguments, List.of(OPTION)), arguments.contains(OPTION));
    }

    String put(ApplicationContext context) {
        Restore.Restored restored = context.getBean(Restore.class)
                .put(file, force, rows -> System.err.printf("%,d rows of a table …%n", rows));
        if (!restored.leftOut().isEmpty()) {
            System.err.println("Left out, since they are not Parley's: " + String.join(", ", restored.leftOut()) + ".");
        }
        if (restored.keyDiffers()) {
            System.err.println("The backup is of an instance with another SECRET_KEY. Set that one here, or what is "
                    + "encrypted, such as second factors, cannot be opened.");
        }
        return "Restored %,d rows of %d tables as they were at %s."
                .formatted(
                        restored.manifest().rows(),
                        restored.manifest().tables().size() - restored.leftOut().size(),
                        restored.manifest().createdAt());
    }
}
