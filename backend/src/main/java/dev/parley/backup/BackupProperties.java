package dev.parley.backup;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param directory where backups are made by themselves; empty: none are
/// @param keep how many of these are kept
@ConfigurationProperties("parley.backup")
record BackupProperties(
        @DefaultValue("") String directory,
        @DefaultValue("24h") Duration every,
        @DefaultValue("7") int keep) {
    Optional<Path> place() {
        return directory.isEmpty() ? Optional.empty() : Optional.of(Path.of(directory));
    }
}
