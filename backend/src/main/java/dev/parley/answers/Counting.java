package dev.parley.answers;

import com.knuddels.jtokkit.api.EncodingType;
import dev.parley.models.Models.Model;
import dev.parley.shared.Letters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a model's tokens are counted.
enum Counting {
    /// OpenAI's models since GPT-4o.
    O200K(EncodingType.O200K_BASE, 1),
    /// OpenAI's models before.
    CL100K(EncodingType.CL100K_BASE, 1),
    /// Models whose tokenizer is not at hand. The factor covers Llama 2 and 3, Mistral and Gemma 3 in prose of ten
    /// languages and in code: see docs/decisions/context.md.
    ESTIMATE(EncodingType.CL100K_BASE, 1.35),
    /// The built-in model: a vocabulary is not worth its memory there.
    CHARACTERS(null, 1.0 / 3);

    private static final List<String> NEWER =
            List.of("gpt-4o", "chatgpt-4o", "gpt-4.1", "gpt-5", "gpt-oss", "o1", "o3", "o4");
    private static final List<String> OLDER = List.of("gpt-4", "gpt-3.5-turbo");

    private final @Nullable EncodingType vocabulary;
    private final double factor;

    Counting(@Nullable EncodingType vocabulary, double factor) {
        this.vocabulary = vocabulary;
        this.factor = factor;
    }

    static Counting of(Model model) {
        if (model.isBuiltin()) {
            return CHARACTERS;
        }
        String name = Letters.lower(model.name().substring(model.name().lastIndexOf('/') + 1));
        if (NEWER.stream().anyMatch(family -> isOf(family, name))) {
            return O200K;
        }
        return OLDER.stream().anyMatch(family -> isOf(family, name)) ? CL100K : ESTIMATE;
    }

    private static boolean isOf(String family, String name) {
        return name.equals(family) || name.startsWith(family + "-");
    }

    /// Null: characters are counted.
    @Nullable
    EncodingType vocabulary() {
        return vocabulary;
    }

    /// Whether the count is the model's own, and with it the window that is known of the model.
    boolean isExact() {
        return this == O200K || this == CL100K;
    }

    /// @param units tokens of the vocabulary, or characters
    long tokens(long units) {
        return (long) Math.ceil(units * factor);
    }

    /// No text of so many bytes has more tokens: one stands for at least a byte.
    long most(long bytes) {
        return tokens(bytes);
    }
}
