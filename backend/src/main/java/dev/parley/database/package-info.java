/// PostgreSQL: the embedded server when none is configured, the pools, the migrations.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "settings"})
package dev.parley.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
