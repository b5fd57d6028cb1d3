package dev.parley.backup;

import dev.parley.shared.Checkup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Whether backups that make themselves have a place, and when the last was made.
class ShelfCheckup implements Checkup {
    private static final String ABOUT = "backups";

    private final BackupProperties properties;

    ShelfCheckup(BackupProperties properties) {
        this.properties = properties;
    }

    @Override
    public List<Finding> look() {
        Optional<Path> place = properties.place();
        if (place.isEmpty()) {
            return List.of(Finding.off(ABOUT, "PARLEY_BACKUP_DIR is not set: no backup is made by itself."));
        }
        Path directory = place.get();
        try {
            if (Files.exists(directory) && !Files.isWritable(directory)) {
                return List.of(Finding.broken(
                        ABOUT, "This user cannot write in " + directory + "; change its owner, or PARLEY_BACKUP_DIR."));
            }
            return List.of(new Shelf(directory)
                    .newest(Instant.now())
                    .map(newest -> Finding.ok(ABOUT, "The newest in " + directory + " is of " + newest + "."))
                    .orElseGet(() -> Finding.ok(ABOUT, "None is in " + directory + " yet.")));
        } catch (IOException e) {
            return List.of(Finding.broken(ABOUT, directory + " cannot be used: " + e + ". Check PARLEY_BACKUP_DIR."));
        }
    }
}
