package dev.parley.answers;

import dev.parley.shared.ErrorCode;

/// How an answer can end badly without its provider's doing.
enum AnswerError implements ErrorCode {
    /// The node that wrote it died.
    ANSWER_INTERRUPTED(503);

    private final int status;

    AnswerError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
