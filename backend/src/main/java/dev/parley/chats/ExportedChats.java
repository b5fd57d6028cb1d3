package dev.parley.chats;

import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/// A person's chats for the file that they can take away: every branch of each, also of archived and temporary ones.
@Order(2)
@Component
class ExportedChats implements ExportedPart {
    private final ChatRepository chats;
    private final ChatFiles files;

    ExportedChats(ChatRepository chats, ChatFiles files) {
        this.chats = chats;
        this.files = files;
    }

    @Override
    public String name() {
        return "chats";
    }

    @Override
    public void write(UserId user, JsonGenerator json) {
        ExportedPart.rows(json, (last, most) -> chats.after(user, last, most), Chat::id, chat -> {
            json.writeStartObject();
            files.write(user, chat, json);
            json.writeEndObject();
        });
    }
}
