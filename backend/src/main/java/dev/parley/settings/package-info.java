/// What the operator can set, and the secrets that the instance makes for itself when nothing is set.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared"})
package dev.parley.settings;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
