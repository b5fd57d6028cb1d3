package dev.parley.models;

import dev.parley.models.Prompt.Turn;
import dev.parley.shared.Letters;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The body of a question, as chat completions wants it.
///
/// @param model as the provider names it
record ChatRequest(String model, Prompt prompt, double temperature, int maxTokens) {
    private static final JsonFactory JSON = new JsonFactory();

    byte[] in(Dialect dialect) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(1_024);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), body)) {
            json.writeStartObject();
            json.writeStringProperty("model", model);
            json.writeArrayPropertyStart("messages");
            for (Turn turn : prompt.told(dialect.notesApart())) {
                json.writeStartObject();
                json.writeStringProperty("role", Letters.lower(turn.role().name()));
                // Half a surrogate pair, where a text was shortened, is no JSON.
                json.writeStringProperty("content", SafeText.of(turn.content()));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeBooleanProperty("stream", true);
            if (dialect.askForUsage()) {
                json.writeObjectPropertyStart("stream_options");
                json.writeBooleanProperty("include_usage", true);
                json.writeEndObject();
            }
            if (dialect.temperature()) {
                json.writeNumberProperty("temperature", temperature);
            }
            json.writeNumberProperty(dialect.completionTokens() ? "max_completion_tokens" : "max_tokens", maxTokens);
            prompt.more().forEach((field, value) -> {
                json.writeName(field);
                json.writeRawValue(value);
            });
            json.writeEndObject();
        }
        return body.toByteArray();
    }
}
