/// The language models that this instance can ask, and the clients of their providers.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared", "web", "settings", "cluster"})
package dev.parley.models;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
