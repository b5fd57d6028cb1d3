package dev.parley.models;

import dev.parley.models.Piece.Usage;
import org.jspecify.annotations.Nullable;

/// What one event of a chat completion says. What it does not say is null.
record Chunk(
        @Nullable String text,
        @Nullable String reasoning,
        @Nullable String finishReason,
        @Nullable Usage usage,
        @Nullable Fault fault) {

    /// The provider's own account of what went wrong: for logs and decisions, never for the user.
    ///
    /// @param code a word such as `insufficient_quota`, empty when it gives none
    /// @param param the field of the request that is to blame, empty when it names none
    record Fault(String code, String param, String message) {}
}
