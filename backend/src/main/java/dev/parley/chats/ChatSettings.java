package dev.parley.chats;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// What a chat asks of its answers. What is null is left to the person's preferences, then to the configuration.
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChatSettings(
        @Nullable @Size(min = 1, max = LONGEST_MODEL, message = "A model's name has 1 to 200 characters.")
        String model,

        @Nullable
        @DecimalMin(value = "0", message = "The temperature is from 0 to 2.")
        @DecimalMax(value = "" + HOTTEST, message = "The temperature is from 0 to 2.")
        Double temperature,

        @Nullable
        @Min(value = 1, message = "At least 1 token.")
        @Max(value = MOST_TOKENS, message = "At most 1,000,000 tokens.")
        Integer maxTokens,

        @Nullable @Size(max = LONGEST_PROMPT, message = "A system prompt has at most 20,000 characters.")
        String systemPrompt,

        @Nullable Boolean memoryEnabled) {
    public static final ChatSettings NONE = new ChatSettings(null, null, null, null, null);

    private static final int LONGEST_MODEL = 200;
    private static final int HOTTEST = 2;
    private static final int MOST_TOKENS = 1_000_000;
    private static final int LONGEST_PROMPT = 20_000;

    /// Without those that nobody could set here: for what was set elsewhere.
    public ChatSettings withinBounds() {
        return new ChatSettings(
                model == null || model.isEmpty() || model.length() > LONGEST_MODEL ? null : model,
                temperature != null && temperature >= 0 && temperature <= HOTTEST ? temperature : null,
                maxTokens != null && maxTokens >= 1 && maxTokens <= MOST_TOKENS ? maxTokens : null,
                systemPrompt == null || systemPrompt.length() > LONGEST_PROMPT ? null : systemPrompt,
                memoryEnabled);
    }
}
