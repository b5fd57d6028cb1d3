/// Background work on PostgreSQL: enqueued in the transaction that causes it, run once by some node.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "web", "database"})
package dev.parley.jobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
