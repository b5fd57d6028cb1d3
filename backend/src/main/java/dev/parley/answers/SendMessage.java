package dev.parley.answers;

import dev.parley.answers.Answers.Wish;
import dev.parley.chats.Conversation.Place;
import dev.parley.shared.ParleyException;
import dev.parley.web.Sent;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A question, as a client sends it.
///
/// @param content 1 to 100,000 characters, without the space around it
/// @param parentId absent: below the chat's current message; null: another first question
/// @param clientId makes the call idempotent within the chat
public record SendMessage(
        @NotNull(message = "Write something.") String content,

        @Nullable @Schema(type = "string", format = "uuid", nullable = true)
        Sent<UUID> parentId,

        @Nullable String model,

        @Nullable
        @DecimalMin(value = "0", message = "The temperature is from 0 to 2.")
        @DecimalMax(value = "2", message = "The temperature is from 0 to 2.")
        Double temperature,

        @Nullable
        @Min(value = 1, message = "At least 1 token.")
        @Max(value = 1_000_000, message = "At most 1,000,000 tokens.")
        Integer maxTokens,

        @Nullable UUID clientId) {
    private static final int LONGEST_CONTENT = 100_000;

    String text() {
        String text = content.strip();
        if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST_CONTENT) {
            throw ParleyException.invalid("content", "A message has 1 to 100,000 characters.");
        }
        return text;
    }

    Place place() {
        if (parentId == null) {
            return new Place.Current();
        }
        return parentId.value() == null ? new Place.Root() : new Place.Below(parentId.value());
    }

    Wish wish() {
        return new Wish(model, temperature, maxTokens);
    }
}
