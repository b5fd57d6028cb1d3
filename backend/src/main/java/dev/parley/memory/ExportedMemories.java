package dev.parley.memory;

import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/// All memories of a person, past ones and refused ones too, each with its history.
@Order(4)
@Component
class ExportedMemories implements ExportedPart {
    private static final int AT_ONCE = 100;

    private final MemoryRepository memories;

    ExportedMemories(MemoryRepository memories) {
        this.memories = memories;
    }

    @Override
    public String name() {
        return "memories";
    }

    @Override
    public void write(UserId user, JsonGenerator json) {
        json.writeStartArray();
        @Nullable UUID last = null;
        List<Memory> some;
        do {
            some = memories.after(user, last, AT_ONCE);
            for (Memory memory : some) {
                json.writeStartObject();
                json.writePOJOProperty("memory", memory);
                json.writePOJOProperty("history", memories.history(user, memory.id()));
                json.writeEndObject();
                last = memory.id();
            }
        } while (some.size() == AT_ONCE);
        json.writeEndArray();
    }
}
