/// The API that OpenAI's clients speak (`/v1`): the models of this instance for a person's own programs. Nothing of
/// what
/// is asked and answered here is kept.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "web", "users", "models", "memory", "usage"})
package dev.parley.gateway;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
