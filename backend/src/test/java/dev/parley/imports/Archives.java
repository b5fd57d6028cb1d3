package dev.parley.imports;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Made-up files in the public form of other programs' exports.
final class Archives {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final double BEGIN = 1_700_000_000;

    private Archives() {}

    static byte[] json(Object value) {
        return JSON.writeValueAsBytes(value);
    }

    static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                write(zip, entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(OutputStream out, byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /// A chat of ChatGPT: one branch, in which the person and the model take turns.
    static Map<String, Object> chatGpt(String id, String title, String... said) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("root-" + id, place("root-" + id, null, null, "message-0-" + id));
        for (int i = 0; i < said.length; i++) {
            String parent = i == 0 ? "root-" + id : "message-" + (i - 1) + "-" + id;
            Map<String, Object> message = message(i % 2 == 0 ? "user" : "assistant", said[i], BEGIN + i * 60);
            mapping.put("message-" + i + "-" + id, place("message-" + i + "-" + id, parent, message));
        }
        return chatGpt(id, title, mapping, "message-" + (said.length - 1) + "-" + id);
    }

    static Map<String, Object> chatGpt(String id, String title, Map<String, Object> mapping, String current) {
        Map<String, Object> chat = new LinkedHashMap<>();
        chat.put("title", title);
        chat.put("create_time", BEGIN);
        chat.put("update_time", BEGIN + 5_000);
        chat.put("mapping", mapping);
        chat.put("moderation_results", List.of());
        chat.put("current_node", current);
        chat.put("plugin_ids", null);
        chat.put("conversation_id", id);
        chat.put("is_archived", false);
        chat.put("id", id);
        return chat;
    }

    static Map<String, Object> place(
            String id, @Nullable String parent, @Nullable Map<String, Object> message, String... children) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("id", id);
        place.put("message", message);
        place.put("parent", parent);
        place.put("children", List.of(children));
        return place;
    }

    static Map<String, Object> message(String role, String text, double at) {
        return message(role, Map.of("content_type", "text", "parts", List.of(text)), at);
    }

    static Map<String, Object> message(String role, Map<String, Object> content, double at) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("author", Map.of("role", role, "metadata", Map.of()));
        message.put("create_time", at);
        message.put("content", content);
        message.put("recipient", "all");
        message.put("metadata", role.equals("assistant") ? Map.of("model_slug", "gpt-4o") : Map.of());
        return message;
    }

    /// A chat of Open WebUI, whose person changed the question once.
    static Map<String, Object> openWebUi(String id, String title) {
        Map<String, Object> messages = new LinkedHashMap<>();
        messages.put("a", webMessage("a", null, "user", "First wording"));
        messages.put("b", webMessage("b", "a", "assistant", "To the first"));
        messages.put("c", webMessage("c", null, "user", "Second wording"));
        messages.put(
                "d",
                webMessage(
                        "d",
                        "c",
                        "assistant",
                        "<details type=\"reasoning\" done=\"true\" duration=\"2\">\n<summary>Thought</summary>\n"
                                + "&gt; Hm.\n</details>\nTo the second"));
        Map<String, Object> chat = new LinkedHashMap<>();
        chat.put("id", id);
        chat.put("title", title);
        chat.put("models", List.of("llama3.2:latest"));
        chat.put("history", Map.of("messages", messages, "currentId", "d"));
        chat.put("messages", List.of(messages.get("c"), messages.get("d")));
        chat.put("timestamp", 1_712_345_678_000L);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", id);
        row.put("user_id", UUID.randomUUID().toString());
        row.put("title", title);
        row.put("chat", chat);
        row.put("updated_at", 1_712_349_999);
        row.put("created_at", 1_712_345_678);
        row.put("archived", true);
        row.put("pinned", false);
        return row;
    }

    private static Map<String, Object> webMessage(String id, @Nullable String parent, String role, String content) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("id", id);
        message.put("parentId", parent);
        message.put("childrenIds", List.of());
        message.put("role", role);
        message.put("content", content);
        message.put("timestamp", 1_712_345_700);
        if (role.equals("assistant")) {
            message.put("model", "llama3.2:latest");
            message.put("annotation", Map.of("rating", 1));
        }
        return message;
    }

    /// A chat of LibreChat, its answers inside their questions.
    static Map<String, Object> libreChat(String id, String title, String... said) {
        List<Object> inner = new ArrayList<>();
        for (int i = said.length - 1; i >= 0; i--) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("messageId", id + "-" + i);
            message.put("parentMessageId", i == 0 ? "00000000-0000-0000-0000-000000000000" : id + "-" + (i - 1));
            message.put("text", said[i]);
            message.put("sender", i % 2 == 0 ? "User" : "GPT-4");
            message.put("isCreatedByUser", i % 2 == 0);
            message.put("model", i % 2 == 0 ? null : "gpt-4");
            message.put("createdAt", "2024-05-0%dT10:00:00.000Z".formatted(i + 1));
            message.put("children", inner);
            inner = List.of(message);
        }
        Map<String, Object> chat = new LinkedHashMap<>();
        chat.put("conversationId", id);
        chat.put("endpoint", "openAI");
        chat.put("title", title);
        chat.put("exportAt", "10:00:00 GMT+0200");
        chat.put("branches", true);
        chat.put("recursive", true);
        chat.put("options", Map.of("model", "gpt-4"));
        chat.put("messages", inner);
        return chat;
    }
}
