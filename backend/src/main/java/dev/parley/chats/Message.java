package dev.parley.chats;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.shared.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One message of a chat's tree.
///
/// @param parentId null for a first question
/// @param clientId the client's own id of a question, where it sent one
/// @param siblings the messages with the same parent, itself included, oldest first
public record Message(
        UUID id,
        UUID chatId,
        @Nullable UUID parentId,
        @Nullable UUID clientId,
        Role role,
        String content,
        Status status,
        Instant timestamp,
        Metadata metadata,
        @Nullable Rating feedback,
        List<UUID> siblings) {
    public enum Role implements Word {
        USER,
        ASSISTANT
    }

    public enum Status implements Word {
        STREAMING,
        COMPLETE,
        STOPPED,
        INTERRUPTED,
        FAILED
    }

    public enum Rating implements Word {
        UP,
        DOWN
    }

    /// The same, whose model has thought for so long by now.
    public Message thoughtFor(Duration time) {
        Metadata known = metadata.thoughtFor(time.toMillis());
        return new Message(id, chatId, parentId, clientId, role, content, status, timestamp, known, feedback, siblings);
    }

    /// What is known of how an answer came about.
    ///
    /// @param model the id of the model that answers
    /// @param reasoningMillis how long the model thought before and between what it wrote; so far, while it writes
    /// @param fallback present when that is another one than was asked
    /// @param takeovers how often a server that was lost had to be replaced; absent when none was
    /// @param memories what was remembered of the person and told to the model
    /// @param recalled the messages of other chats that it was told
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Metadata(
            @Nullable String model,
            @Nullable Usage usage,
            @Nullable String finishReason,
            @Nullable Failure error,
            @Nullable String reasoning,
            @Nullable Long reasoningMillis,
            @Nullable List<UUID> memories,
            @Nullable Fallback fallback,
            @Nullable Integer takeovers,
            @Nullable List<Recalled> recalled) {
        public static final Metadata NONE = new Metadata(null, null, null, null, null, null, null, null, null, null);

        public static Metadata of(String model) {
            return new Metadata(model, null, null, null, null, null, null, null, null, null);
        }

        private Metadata thoughtFor(long millis) {
            return new Metadata(
                    model, usage, finishReason, error, reasoning, millis, memories, fallback, takeovers, recalled);
        }
    }

    /// What the provider counted.
    ///
    /// @param cachedTokens how many of the prompt's it had in its cache; absent where it does not say
    public record Usage(
            long promptTokens,
            long completionTokens,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Long cachedTokens) {}

    /// A message that was found again.
    ///
    /// @param summary true where it led to what its chat was about, and that was told; otherwise absent
    public record Recalled(
            UUID chatId,
            UUID messageId,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean summary) {}

    /// Another model answered.
    ///
    /// @param from the id of the model that was asked
    /// @param reason why it did not answer, in a sentence for a person
    public record Fallback(String from, String reason) {}

    /// Why an answer failed: a code and a sentence, as in an error's envelope.
    public record Failure(String code, String message) {}
}
