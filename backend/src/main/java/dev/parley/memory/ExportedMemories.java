package dev.parley.memory;

import dev.parley.shared.Batches;
import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
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
        Batches.read(AT_ONCE, (last, most) -> memories.after(user, last, most), Memory::id, some -> {
            for (Memory memory : some) {
                json.writeStartObject();
                json.writePOJOProperty("memory", memory);
                json.writePOJOProperty("history", memories.history(user, memory.id()));
                json.writeEndObject();
            }
        });
        json.writeEndArray();
    }
}
