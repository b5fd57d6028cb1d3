package dev.parley.users;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Preferences as the table keeps them: only what was chosen. A key that is not there means the default, so that a new
/// preference needs no migration.
final class StoredPreferences {
    private StoredPreferences() {}

    static Preferences read(JsonNode stored) {
        Preferences defaults = Preferences.DEFAULT;
        return new Preferences(
                stored.path("theme").asString(defaults.theme()),
                stored.path("contrast").asString(defaults.contrast()),
                text(stored.path("language")),
                text(stored.path("default_model")),
                stored.path("custom_instructions").asString(defaults.customInstructions()),
                stored.path("memory_enabled").asBoolean(defaults.memoryEnabled()),
                stored.path("memory_ask").asBoolean(defaults.memoryAsk()));
    }

    static ObjectNode write(Preferences preferences) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("theme", preferences.theme())
                .put("contrast", preferences.contrast())
                .put("language", preferences.language())
                .put("default_model", preferences.defaultModel())
                .put("custom_instructions", preferences.customInstructions())
                .put("memory_enabled", preferences.memoryEnabled())
                .put("memory_ask", preferences.memoryAsk());
    }

    private static @Nullable String text(JsonNode value) {
        return value.isString() ? value.stringValue() : null;
    }
}
