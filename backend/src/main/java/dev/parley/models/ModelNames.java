package dev.parley.models;

import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The names in a provider's list of models, those for chat alone.
final class ModelNames {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST = 200;

    private ModelNames() {}

    /// @param list the property that holds the list
    /// @param name the property of each entry that names it
    /// @throws ProviderException when it is no such list
    static List<String> of(byte[] body, String list, String name) {
        try {
            JsonNode entries = JSON.readTree(body).path(list);
            if (!entries.isArray()) {
                throw Failures.garbage();
            }
            return StreamSupport.stream(entries.spliterator(), false)
                    .map(entry -> entry.path(name).asString(""))
                    .filter(found -> !found.isBlank() && found.length() <= LONGEST && KnownModels.isForChat(found))
                    .sorted()
                    .toList();
        } catch (JacksonException e) {
            throw Failures.garbage();
        }
    }
}
