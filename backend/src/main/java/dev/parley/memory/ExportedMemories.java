package dev.parley.memory;

import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/// All memories of a person, past ones and refused ones too, each with its history: ours, and what is kept elsewhere.
@Order(4)
@Component
class ExportedMemories implements ExportedPart {
    private final Set<MemoryStore> stores = new LinkedHashSet<>();

    ExportedMemories(OwnMemories own, MemoryStore store) {
        stores.add(own);
        stores.add(store);
    }

    @Override
    public String name() {
        return "memories";
    }

    @Override
    public void write(UserId user, JsonGenerator json) {
        json.writeStartArray();
        stores.forEach(store -> store.each(user, memory -> {
            json.writeStartObject();
            json.writePOJOProperty("memory", memory);
            json.writePOJOProperty("history", store.history(user, memory.id()));
            json.writeEndObject();
        }));
        json.writeEndArray();
    }
}
