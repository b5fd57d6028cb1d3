package dev.parley.imports;

import dev.parley.shared.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/// Reads a file in a process of its own, whose heap is as small as its caller likes, and makes chats of what is in it.
final class LookThrough {
    private LookThrough() {}

    public static void main(String[] args) throws IOException {
        UserId owner = new UserId(UUID.randomUUID());
        SourceFile.of(Path.of(args[0])).read(new SourceFile.Found() {
            @Override
            public void chat(SourceChat chat) {
                Planting.of(owner, chat, false, Instant.EPOCH);
                System.out.println(chat.id() + " " + chat.nodes().size() + " " + chat.skipped());
            }

            @Override
            public void unreadable() {
                System.out.println("unreadable");
            }
        });
    }
}
