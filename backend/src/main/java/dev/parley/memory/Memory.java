package dev.parley.memory;

import dev.parley.shared.Word;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A sentence that is remembered of a person, in their own words or as they would say it.
///
/// @param validTo null while it is true, as far as is known
/// @param supersededBy the memory that took its place
/// @param usedAt when an answer last used it
public record Memory(
        UUID id,
        String content,
        Kind kind,
        Status status,
        Instant createdAt,
        Instant updatedAt,
        Instant validFrom,
        @Nullable Instant validTo,
        @Nullable UUID supersededBy,
        List<Source> sources,
        boolean pinned,
        Origin origin,
        @Nullable Instant usedAt,
        int usedCount) {
    /// The message that it was learned from.
    public record Source(UUID chatId, UUID messageId) {}

    public enum Kind implements Word {
        FACT,
        PREFERENCE,
        EVENT,
        PLAN,
        INSTRUCTION
    }

    public enum Status implements Word {
        ACTIVE,
        SUPERSEDED,
        MERGED,
        PENDING,
        REJECTED
    }

    /// How it came to be known: said to be remembered, learned, written by hand, brought along.
    public enum Origin implements Word {
        EXPLICIT,
        AUTOMATIC,
        MANUAL,
        IMPORT
    }

    /// A change of a memory.
    ///
    /// @param old null for the first
    /// @param by what caused it: `person`, `conversation` or `import`
    /// @param source the message that did; null where none did
    public record Change(
            String event,
            @Nullable String old,
            @Nullable String now,
            Instant at,
            String by,
            @Nullable Source source) {}
}
