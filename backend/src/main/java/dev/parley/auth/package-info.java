/// Signing in and staying signed in: passwords, sessions, tokens, and the filter that turns them into a
/// [dev.parley.web.Caller].
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "shared",
            "web",
            "users",
            "jobs",
            "settings",
            "database",
            "cluster",
            "mail",
            "oidc",
            "webauthn"
        })
package dev.parley.auth;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
