package dev.parley.chats;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.web.Text;
import jakarta.validation.Validator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
        Map<String, List<String>> wrong = new TreeMap<>();
        try {
            validator
                    .validate(json.treeToValue(known, ChatSettings.class))
                    .forEach(violation -> wrong.put(
                            "settings."
                                    + Text.snakeCase(violation.getPropertyPath().toString()),
                            List.of(violation.getMessage())));
        } catch (DatabindException e) {
            String key = e.getPath().stream()
                    .map(JacksonException.Reference::getPropertyName)
                    .findFirst()
                    .orElse("");
            wrong.put("settings." + key, List.of("This value is not of the kind that is expected."));
        }
        if (!wrong.isEmpty()) {
            throw new ParleyException(
                    CommonError.VALIDATION_ERROR, "Some fields are not valid.", Map.of("fields", wrong));
        }
        return json.writeValueAsString(known);
    }
}
