package dev.parley.auth;

import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

@Order(1)
@Component
class ExportedKeys implements ExportedPart {
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
        ExportedPart.pages(json, page -> keys.list(user, page));
    }
}
