package dev.parley.usage;

import dev.parley.shared.ErrorCode;

/// How spending can fail.
public enum UsageError implements ErrorCode {
    QUOTA_EXCEEDED;

    @Override
    public int status() {
        return 429;
    }
}
