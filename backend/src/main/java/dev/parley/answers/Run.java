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
    ///
    /// @param newChats 1 when the chat began with it; null where nobody noted it
    /// @param newMessages how many messages it added
    record Order(
            String model,
            @Nullable Double temperature,
            @Nullable Integer maxTokens,
            @Nullable Integer newChats,
            @Nullable Integer newMessages) {
        Order(String model, @Nullable Double temperature, @Nullable Integer maxTokens) {
            this(model, temperature, maxTokens, null, null);
        }
    }
}
