/// Who an OpenID provider says that somebody is: the provider's own description of itself, its codes, its ID tokens.
/// Whose account that opens is not decided here.
@NullMarked
@ApplicationModule(allowedDependencies = {"shared"})
package dev.parley.oidc;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
