package dev.parley.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.models.Models.Model;
import dev.parley.models.Piece;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is answered, as OpenAI's clients read it. Fields that they require are there, also where nothing is known.
///
/// @see <a href="https://platform.openai.com/docs/api-reference">OpenAI's reference</a>
final class Views {
    private Views() {}

    record ModelList(String object, List<ModelView> data) {
        static ModelList of(List<Model> models) {
            return new ModelList("list", models.stream().map(ModelView::of).toList());
        }
    }

    /// @param created when is not known: providers do not say
    record ModelView(String id, String object, long created, String ownedBy) {
        static ModelView of(Model model) {
            return new ModelView(model.id(), "model", 0, model.provider());
        }
    }

    /// @param created in seconds
    record Completion(String id, String object, long created, String model, List<Choice> choices, Usage usage) {}

    record Choice(int index, Message message, @Nullable Object logprobs, String finishReason) {}

    /// @param reasoningContent as some providers name a model's thinking; absent when there was none
    record Message(
            String role,
            String content,
            @Nullable Object refusal,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String reasoningContent) {}

    /// @param usage in the last one, when it was asked for
    record Chunk(
            String id,
            String object,
            long created,
            String model,
            List<ChunkChoice> choices,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Usage usage) {}

    record ChunkChoice(
            int index,
            Delta delta,
            @Nullable Object logprobs,
            @Nullable String finishReason) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Delta(
            @Nullable String role,
            @Nullable String content,
            @Nullable String reasoningContent) {
        static final Delta NOTHING = new Delta(null, null, null);
    }

    record Usage(
            long promptTokens,
            long completionTokens,
            long totalTokens,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            PromptTokens promptTokensDetails) {
        static Usage of(Piece.Usage counted) {
            Long cached = counted.cachedTokens();
            return new Usage(
                    counted.promptTokens(),
                    counted.completionTokens(),
                    counted.promptTokens() + counted.completionTokens(),
                    cached == null ? null : new PromptTokens(cached));
        }
    }

    record PromptTokens(long cachedTokens) {}

    record EmbeddingList(String object, List<Embedding> data, String model, EmbeddingUsage usage) {}

    /// @param embedding a list of numbers, or base64
    record Embedding(String object, int index, Object embedding) {}

    record EmbeddingUsage(long promptTokens, long totalTokens) {}
}
