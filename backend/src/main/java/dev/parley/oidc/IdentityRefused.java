package dev.parley.oidc;

import org.jspecify.annotations.Nullable;

/// What came back from the provider shows nobody's identity. The reason is for the log, and says nothing secret.
public final class IdentityRefused extends Exception {
    private final boolean isNotAfresh;

    IdentityRefused(String reason) {
        this(reason, null, false);
    }

    IdentityRefused(String reason, Throwable cause) {
        this(reason, cause, false);
    }

    private IdentityRefused(String reason, @Nullable Throwable cause, boolean isNotAfresh) {
        super(reason, cause);
        this.isNotAfresh = isNotAfresh;
    }

    static IdentityRefused notAfresh(String reason) {
        return new IdentityRefused(reason, null, true);
    }

    /// Whether all is well but that the provider asked nobody just now, or does not say so.
    public boolean isNotAfresh() {
        return isNotAfresh;
    }
}
