package dev.parley.imports;

import dev.parley.shared.UserId;
import dev.parley.shared.Word;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A file that somebody sent, and what became of it.
///
/// @param format null until it was looked through
/// @param remember whether its chats may be recalled in others
/// @param total how many chats it has; 0 until it was looked through
/// @param failure why nothing, or nothing more, came of it: a sentence for the person
record ChatImport(
        UUID id,
        UserId owner,
        Status status,
        @Nullable Format format,
        boolean remember,
        int total,
        Tally tally,
        @Nullable String failure,
        Instant createdAt,
        Instant updatedAt) {
    enum Status implements Word {
        QUEUED,
        RUNNING,
        DONE,
        FAILED
    }

    boolean isOver() {
        return status == Status.DONE || status == Status.FAILED;
    }
}
