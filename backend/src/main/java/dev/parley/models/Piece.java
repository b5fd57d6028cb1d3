package dev.parley.models;

import org.jspecify.annotations.Nullable;

/// What a model sends, piece by piece.
public sealed interface Piece {
    /// Part of the answer; never empty, never ends inside a surrogate pair.
    record Text(String text) implements Piece {}

    /// Part of the model's thinking, where the provider sends it.
    record Reasoning(String text) implements Piece {}

    record End(StopReason reason, Usage usage) implements Piece {}

    /// Why a model stopped, in the words of chat completions (`stop`, `length`, `content_filter`, …).
    record StopReason(String name) {}

    /// What the provider says it counted; zero where it says nothing.
    ///
    /// @param cachedTokens how many of the prompt's it had read before; null where it says nothing of its cache
    record Usage(
            long promptTokens,
            long completionTokens,
            @Nullable Long cachedTokens) {
        public static final Usage UNKNOWN = new Usage(0, 0, null);
    }
}
