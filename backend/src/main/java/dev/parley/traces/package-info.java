/// Traces of what this node does, for OpenTelemetry: sent where the operator says, and none where nobody does. Each
/// module begins the spans of its own work ([dev.parley.shared.Tracing]); here they are sent.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "web"})
package dev.parley.traces;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
