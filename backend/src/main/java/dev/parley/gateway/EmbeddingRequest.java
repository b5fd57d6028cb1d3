package dev.parley.gateway;

import static dev.parley.gateway.GatewayError.INVALID_VALUE;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Texts whose meaning is asked for.
///
/// @param dimensions null: as the model has them
/// @param base64 whether the numbers come as little-endian 32-bit floats in base64, which is what OpenAI's own clients
///     ask for
record EmbeddingRequest(
        String model, List<String> texts, @Nullable Integer dimensions, boolean base64) {
    private static final int MOST_TEXTS = 2_048;
    private static final int MOST_DIMENSIONS = 16_384;

    static EmbeddingRequest of(JsonNode body) {
        Fields fields = new Fields(body);
        String format =
                fields.find("encoding_format").map(value -> value.asString("")).orElse("float");
        if (!List.of("float", "base64").contains(format)) {
            throw INVALID_VALUE.of("encoding_format", "The field `encoding_format` is float or base64.");
        }
        return new EmbeddingRequest(
                fields.name("model"),
                texts(fields.require("input")),
                fields.whole("dimensions", 1, MOST_DIMENSIONS),
                format.equals("base64"));
    }

    private static List<String> texts(JsonNode input) {
        List<String> texts = new ArrayList<>();
        for (JsonNode text : input.isArray() ? input : List.of(input)) {
            if (!text.isString() || text.asString().isEmpty()) {
                throw INVALID_VALUE.of("input", "The field `input` is a text or a list of texts, none of them empty.");
            }
            texts.add(text.asString());
        }
        if (texts.isEmpty() || texts.size() > MOST_TEXTS) {
            throw INVALID_VALUE.of("input", "There are 1 to " + MOST_TEXTS + " texts in a request.");
        }
        return List.copyOf(texts);
    }
}
