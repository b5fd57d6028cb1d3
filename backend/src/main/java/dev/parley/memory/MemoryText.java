package dev.parley.memory;

import dev.parley.shared.ExportedText;
import dev.parley.shared.TextArchive;
import dev.parley.shared.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// A person's memories to be read, what is no longer so among them.
@Order(1)
@Component
class MemoryText implements ExportedText {
    private final Set<MemoryStore> stores = new LinkedHashSet<>();

    MemoryText(OwnMemories own, MemoryStore store) {
        stores.add(own);
        stores.add(store);
    }

    @Override
    public void write(UserId user, TextArchive archive) throws IOException {
        archive.add("memories", file -> {
            file.write("# Memories\n\n");
            try {
                stores.forEach(store -> store.each(user, memory -> line(file, memory)));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        });
    }

    private static void line(Writer file, Memory memory) {
        try {
            file.write("- " + memory.content().strip().replaceAll("\\s+", " ") + " (" + about(memory) + ")\n");
        } catch (IOException e) {
            throw new UncheckedIOException("The line is gone", e);
        }
    }

    private static String about(Memory memory) {
        StringBuilder about = new StringBuilder(memory.kind().word());
        about.append(", since ").append(day(memory.validFrom()));
        Instant end = memory.validTo();
        if (end != null) {
            about.append(" until ").append(day(end));
        }
        if (memory.status() != Memory.Status.ACTIVE) {
            about.append(", ").append(memory.status().word());
        }
        return about.append(memory.pinned() ? ", pinned" : "").toString();
    }

    private static String day(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
