package dev.parley.auth;

import dev.parley.shared.ExportedPart;
import dev.parley.shared.PageRequest;
import dev.parley.shared.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

@Order(1)
@Component
class ExportedKeys implements ExportedPart {
    private static final int AT_ONCE = 100;

    private final ApiKeys keys;

    ExportedKeys(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public String name() {
        return "api_keys";
    }

    @Override
    public void write(UserId user, JsonGenerator json) {
        json.writeStartArray();
        @Nullable String cursor = null;
        do {
            var page = keys.list(user, new PageRequest(AT_ONCE, cursor));
            page.items().forEach(json::writePOJO);
            cursor = page.nextCursor();
        } while (cursor != null);
        json.writeEndArray();
    }
}
