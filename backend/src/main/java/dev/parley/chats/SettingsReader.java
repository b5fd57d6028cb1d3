package dev.parley.chats;

import dev.parley.shared.FieldErrors;
import dev.parley.web.Text;
import jakarta.validation.Validator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Checks settings that come key by key, where null is a value of its own: it removes.
@Component
class SettingsReader {
    private static final List<String> KEYS =
            List.of("model", "temperature", "max_tokens", "system_prompt", "memory_enabled");

    private final JsonMapper json;
    private final Validator validator;

    SettingsReader(JsonMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /// @return the known keys, as JSON
    String checked(@Nullable ObjectNode sent) {
        if (sent == null) {
            return "{}";
        }
        ObjectNode known = sent.deepCopy().retain(KEYS);
        FieldErrors wrong = new FieldErrors();
        try {
            validator
                    .validate(json.treeToValue(known, ChatSettings.class))
                    .forEach(violation -> wrong.add(
                            "settings."
                                    + Text.snakeCase(violation.getPropertyPath().toString()),
                            violation.getMessage()));
        } catch (DatabindException e) {
            String key = e.getPath().stream()
                    .map(JacksonException.Reference::getPropertyName)
                    .findFirst()
                    .orElse("");
            wrong.add("settings." + key, "This value is not of the kind that is expected.");
        }
        wrong.throwIfAny();
        return json.writeValueAsString(known);
    }
}
