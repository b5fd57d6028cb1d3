package dev.parley.chats;

import dev.parley.shared.ExportedPart;
import dev.parley.shared.ExportedText;
import dev.parley.shared.TextArchive;
import dev.parley.shared.UserId;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// A person's chats as texts, each the branch that is shown.
@Order(2)
@Component
class ChatTexts implements ExportedText {
    private final ChatRepository chats;
    private final ChatFiles files;

    ChatTexts(ChatRepository chats, ChatFiles files) {
        this.chats = chats;
        this.files = files;
    }

    @Override
    public void write(UserId user, TextArchive archive) throws IOException {
        write(user, "chats/", archive);
    }

    /// @param directory empty, or with `/` behind it
    void write(UserId user, String directory, TextArchive archive) throws IOException {
        @Nullable UUID last = null;
        List<Chat> some;
        do {
            some = chats.after(user, last, ExportedPart.LARGEST_BATCH);
            for (Chat chat : some) {
                archive.add(
                        directory + day(chat) + " " + ChatExportController.name(chat),
                        file -> files.write(user, chat, file));
                last = chat.id();
            }
        } while (some.size() == ExportedPart.LARGEST_BATCH);
    }

    private static String day(Chat chat) {
        return chat.createdAt().atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
