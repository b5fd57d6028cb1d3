package dev.parley.oidc;

/// What came back from the provider shows nobody's identity. The reason is for the log, and says nothing secret.
public final class IdentityRefused extends Exception {
    IdentityRefused(String reason) {
        super(reason);
    }

    IdentityRefused(String reason, Throwable cause) {
        super(reason, cause);
    }
}
