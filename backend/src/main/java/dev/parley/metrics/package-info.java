/// What this node does, in numbers, for Prometheus: on a port of its own, and only where one is set. Each module
/// measures itself (a `MeterBinder`); here they are asked.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "settings", "web", "jobs"})
package dev.parley.metrics;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
