/// Backups: one file that holds everything of an instance, made while it runs, and put back whole or not at all.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "settings", "database", "jobs"})
package dev.parley.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
