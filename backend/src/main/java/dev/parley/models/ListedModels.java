package dev.parley.models;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A provider's answer to `GET /models`: those for chat, with what it says of them. There is no common form for more
/// than the id, so the names are those of OpenRouter, vLLM, Groq, Mistral and Together.
final class ListedModels {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST = 200;
    private static final int LARGEST_WINDOW = 100_000_000;

    private ListedModels() {}

    /// @throws ProviderException when it is no such list
    static List<Listed> of(byte[] body) {
        JsonNode root = json(body);
        return entries(root.isArray() ? root : root.path("data"))
                .filter(ListedModels::isForChat)
                .map(ListedModels::listed)
                .sorted(Comparator.comparing(Listed::name))
                .toList();
    }

    /// @throws ProviderException when it is no JSON
    static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw Failures.garbage();
        }
    }

    /// @throws ProviderException when it is no array
    static Stream<JsonNode> entries(JsonNode list) {
        if (!list.isArray()) {
            throw Failures.garbage();
        }
        return StreamSupport.stream(list.spliterator(), false);
    }

    static boolean isName(String name) {
        return !name.isBlank() && name.length() <= LONGEST && KnownModels.isForChat(name);
    }

    private static boolean isForChat(JsonNode model) {
        JsonNode output = model.path("architecture").path("output_modalities");
        return isName(model.path("id").asString(""))
                && model.path("active").asBoolean(true)
                && model.path("capabilities").path("completion_chat").asBoolean(true)
                && (!output.isArray() || contains(output, "text"));
    }

    private static Listed listed(JsonNode model) {
        JsonNode capabilities = model.path("capabilities");
        JsonNode parameters = model.path("supported_parameters");
        return new Listed(
                model.path("id").asString(),
                window(model),
                either(model.path("architecture").path("input_modalities"), "image", capabilities.path("vision")),
                either(parameters, "reasoning", capabilities.path("reasoning")),
                either(parameters, "tools", capabilities.path("function_calling")));
    }

    private static @Nullable Integer window(JsonNode model) {
        return Stream.of("context_length", "max_model_len", "context_window", "max_context_length")
                .map(name -> window(model.path(name).asLong(0)))
                .filter(window -> window != null)
                .findFirst()
                .orElse(null);
    }

    /// Null where it is no sensible number.
    static @Nullable Integer window(long tokens) {
        return tokens > 0 && tokens <= LARGEST_WINDOW ? Math.toIntExact(tokens) : null;
    }

    private static @Nullable Boolean either(JsonNode list, String word, JsonNode flag) {
        if (list.isArray()) {
            return contains(list, word);
        }
        return flag.isBoolean() ? flag.asBoolean() : null;
    }

    static boolean contains(JsonNode list, String word) {
        return StreamSupport.stream(list.spliterator(), false)
                .anyMatch(entry -> entry.asString("").equals(word));
    }
}
