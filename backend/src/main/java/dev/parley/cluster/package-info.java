/// This node among others: its lease in the database's time, and signals between nodes.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "database", "settings"})
package dev.parley.cluster;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
