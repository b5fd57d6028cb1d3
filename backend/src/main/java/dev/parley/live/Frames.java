package dev.parley.live;

import dev.parley.answers.AnswerBegun;
import dev.parley.chats.Chat;
import dev.parley.shared.ParleyException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a client hears, as JSON.
@Component
class Frames {
    static final String READY = "{\"type\":\"ready\"}";
    static final String PONG = "{\"type\":\"pong\"}";
    static final String RESYNC = "{\"type\":\"resync\"}";

    private static final int LONGEST_ECHO = 100;

    private final JsonMapper json;

    Frames(JsonMapper json) {
        this.json = json;
    }

    AnswerFrames of(AnswerBegun answer) {
        return new AnswerFrames(answer, json);
    }

    String chat(String type, Chat chat) {
        return "{\"type\":\"" + type + "\",\"chat\":" + json.writeValueAsString(chat) + "}";
    }

    static String chatGone(UUID chat) {
        return "{\"type\":\"chat.deleted\",\"chat\":{\"id\":\"" + chat + "\"}}";
    }

    static String typing(UUID chat) {
        return "{\"type\":\"typing\",\"chat_id\":\"" + chat + "\"}";
    }

    /// @param clientId as the client sent it
    String sent(UUID chat, @Nullable UUID clientId, UUID question, UUID answer) {
        Map<String, @Nullable Object> frame = new LinkedHashMap<>();
        frame.put("type", "sent");
        frame.put("chat_id", chat);
        frame.put("client_id", clientId);
        frame.put("user_message_id", question);
        frame.put("message_id", answer);
        return json.writeValueAsString(frame);
    }

    /// @param refused what the client sent, when it could be read: so much of it comes back that the client knows what
    ///     was refused. No `message_id`, which is an answer's, whose end is an error too
    String error(ParleyException failure, Map<String, ?> details, @Nullable ObjectNode refused) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("type", "error");
        frame.put("code", failure.code().name());
        frame.put("message", failure.sentence());
        frame.put("details", details);
        if (refused != null) {
            echo(refused, "type", "reply_to", frame);
            echo(refused, "chat_id", "chat_id", frame);
            echo(refused, "client_id", "client_id", frame);
        }
        return json.writeValueAsString(frame);
    }

    private static void echo(ObjectNode refused, String name, String as, Map<String, Object> frame) {
        JsonNode value = refused.path(name);
        if (value.isString() && value.asString().length() <= LONGEST_ECHO) {
            frame.put(as, value.asString());
        }
    }
}
