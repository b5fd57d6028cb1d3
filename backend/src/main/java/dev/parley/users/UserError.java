package dev.parley.users;

import dev.parley.shared.ErrorCode;

/// How making or changing an account can fail.
public enum UserError implements ErrorCode {
    EMAIL_TAKEN(409),
    USERNAME_TAKEN(409);

    private final int status;

    UserError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
