/// What people use of the models: what it costs, what they may spend, and what the instance as a whole has used.
///
/// Whoever asks a model for somebody puts aside what that may need before, and says afterwards what it was:
/// [Spending].
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "web", "users", "jobs", "cluster", "models"})
package dev.parley.usage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
