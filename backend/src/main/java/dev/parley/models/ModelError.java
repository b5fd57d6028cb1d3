package dev.parley.models;

import dev.parley.shared.ErrorCode;

/// How asking a model can fail.
public enum ModelError implements ErrorCode {
    AI_PROVIDER_ERROR(502),
    AI_NOT_CONFIGURED(503),
    AI_PROVIDER_TIMEOUT(504);

    private final int status;

    ModelError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
