package dev.parley.answers;

import dev.parley.shared.UserId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An answer that is being written, as it stands in `answer_run`.
///
/// @param id the answer's message
/// @param epoch how often it was taken over
record Run(UUID id, UserId owner, UUID chatId, UUID nodeId, int epoch, Order order) {
    /// What the sender asked for, kept for whoever has to begin anew.
    record Order(
            String model,
            @Nullable Double temperature,
            @Nullable Integer maxTokens) {}
}
