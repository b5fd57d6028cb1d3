package dev.parley.auth;

import dev.parley.shared.ErrorCode;

/// How signing in, or staying so, can fail.
public enum AuthError implements ErrorCode {
    INVALID_CREDENTIALS(401),
    TOKEN_EXPIRED(401),
    TOKEN_REVOKED(401),
    SECOND_FACTOR_REQUIRED(401),
    FRESH_SIGN_IN_REQUIRED(403),
    CSRF_REJECTED(403),
    REGISTRATION_CLOSED(403);

    private final int status;

    AuthError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
