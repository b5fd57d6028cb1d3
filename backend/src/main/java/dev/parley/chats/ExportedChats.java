package dev.parley.chats;

import dev.parley.shared.Batches;
import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
import java.util.UUID;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/// A person's chats for the file that they can take away: every branch of each, also of archived and temporary ones.
@Order(2)
@Component
class ExportedChats implements ExportedPart {
    private static final int AT_ONCE = 100;

    private final ChatRepository chats;
    private final BranchRepository branches;
    private final MessageRepository messages;

    ExportedChats(ChatRepository chats, BranchRepository branches, MessageRepository messages) {
        this.chats = chats;
        this.branches = branches;
        this.messages = messages;
    }

    @Override
    public String name() {
        return "chats";
    }

    @Override
    public void write(UserId user, JsonGenerator json) {
        json.writeStartArray();
        Batches.read(AT_ONCE, (last, most) -> chats.after(user, last, most), Chat::id, some -> {
            for (Chat chat : some) {
                json.writeStartObject();
                json.writePOJOProperty("chat", chat);
                json.writeName("messages");
                writeMessages(user, chat.id(), json);
                json.writePOJOProperty("feedback_comments", messages.comments(user, chat.id()));
                json.writeEndObject();
            }
        });
        json.writeEndArray();
    }

    private void writeMessages(UserId user, UUID chat, JsonGenerator json) {
        json.writeStartArray();
        Batches.read(
                AT_ONCE,
                (last, most) -> branches.tree(user, chat, last, most),
                Message::id,
                some -> some.forEach(json::writePOJO));
        json.writeEndArray();
    }
}
