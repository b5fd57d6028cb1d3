package dev.parley.chats;

import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
import java.io.IOException;
import java.io.Writer;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/// A chat as it is written into files, a few messages at a time.
@Component
class ChatFiles {
    private static final int AT_ONCE = 100;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final BranchRepository branches;
    private final MessageRepository messages;

    ChatFiles(BranchRepository branches, MessageRepository messages) {
        this.branches = branches;
        this.messages = messages;
    }

    /// The fields of an object: the chat, and every branch of it, parents before their children.
    void write(UserId user, Chat chat, JsonGenerator json) {
        json.writePOJOProperty("chat", chat);
        json.writeName("messages");
        ExportedPart.rows(
                json, (last, most) -> branches.treeFrom(user, chat.id(), last, most), Message::id, json::writePOJO);
        json.writePOJOProperty("feedback_comments", messages.comments(user, chat.id()));
    }

    /// The branch that is shown, to be read.
    void write(UserId user, Chat chat, Writer file) throws IOException {
        file.write("# " + heading(chat) + "\n\n" + TIME.format(chat.createdAt()) + "\n");
        UUID leaf = chat.currentMessageId();
        List<UUID> branch = leaf == null ? List.of() : branches.branchIds(chat.id(), leaf);
        for (int from = 0; from < branch.size(); from += AT_ONCE) {
            List<UUID> some = branch.subList(from, Math.min(from + AT_ONCE, branch.size()));
            for (Message message : branches.find(user, chat.id(), some)) {
                file.write(
                        "\n## " + speaker(message) + "\n\n" + message.content().strip() + "\n");
            }
        }
    }

    static String heading(Chat chat) {
        String title = chat.title();
        return title == null || title.isBlank() ? "Untitled" : title.strip().replaceAll("\\s+", " ");
    }

    private static String speaker(Message message) {
        if (message.role() == Message.Role.USER) {
            return "You";
        }
        String model = message.metadata().model();
        return model == null ? "Assistant" : "Assistant (" + model + ")";
    }
}
