package dev.parley.answers;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The place in a branch after which its prompts begin, for models whose window is at most so large.
///
/// @param message the last one that is left out
/// @param summary of what is left out, where there is one
record Cut(UUID message, int contextWindow, @Nullable Summary summary) {
    /// @param to the message down to which it tells: the cut's, or one above it until the next summary is made
    /// @param model which wrote it
    record Summary(String text, UUID to, String model) {}

    /// Whether everything that is left out is told.
    boolean isTold() {
        return summary != null && summary.to().equals(message);
    }
}
