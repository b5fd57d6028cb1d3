package dev.parley.chats;

import dev.parley.shared.ErrorCode;

public enum ChatError implements ErrorCode {
    /// The answer that the message would follow is still being written.
    CHAT_BUSY(409);

    private final int status;

    ChatError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}
