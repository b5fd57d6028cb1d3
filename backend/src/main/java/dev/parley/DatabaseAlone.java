package dev.parley;

import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;

/// As much of the application as backups need. The rest would bring a database up to date before it is backed up, and
/// could not begin at all with one that is broken.
@ComponentScan({"dev.parley.settings", "dev.parley.database", "dev.parley.backup"})
@ConfigurationPropertiesScan("dev.parley.database")
final class DatabaseAlone {
    DatabaseAlone() {}
}
