package dev.parley.chats;

import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// `jsonb` columns as records.
@Component
class Json {
    private final JsonMapper mapper;

    Json(JsonMapper mapper) {
        this.mapper = mapper;
    }

    <T> T read(String column, Class<T> type) {
        return mapper.readValue(column, type);
    }

    String write(Object value) {
        return mapper.writeValueAsString(value);
    }
}
