package dev.parley.imports;

import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads values as trees: only those of their fields that somebody asks for, and no more than there is room for.
final class Trees {
    private static final int DEEPEST = 16;
    /// What a value costs besides its characters.
    private static final int VALUE = 40;

    /// What is known of the files' forms. All else is passed over, and never held.
    private static final Set<String> ASKED_FOR = Set.of(
            "annotation",
            "author",
            "cached_tokens",
            "chat_id",
            "code",
            "completion_tokens",
            "content",
            "content_type",
            "create_time",
            "createdAt",
            "error",
            "fallback",
            "feedback",
            "files",
            "finish_reason",
            "from",
            "id",
            "isCreatedByUser",
            "is_visually_hidden_from_conversation",
            "max_tokens",
            "memory_enabled",
            "message",
            "messageId",
            "metadata",
            "model",
            "model_slug",
            "parent",
            "parent_id",
            "parentId",
            "parentMessageId",
            "parts",
            "prompt_tokens",
            "rating",
            "reason",
            "reasoning",
            "reasoning_millis",
            "recipient",
            "role",
            "status",
            "summary",
            "system_prompt",
            "temperature",
            "text",
            "think",
            "thoughts",
            "timestamp",
            "type",
            "unfinished",
            "usage",
            "value");

    private final JsonParser parser;

    Trees(JsonParser parser) {
        this.parser = parser;
    }

    static boolean isAskedFor(String name) {
        return ASKED_FOR.contains(name);
    }

    /// The value that the parser stands at, which it has passed then.
    ///
    /// @return what of it there was room for
    JsonNode value(Room room) {
        return value(room, 0);
    }

    private JsonNode value(Room room, int depth) {
        room.take(VALUE);
        if (room.isOver() || depth > DEEPEST) {
            parser.skipChildren();
            return MissingNode.getInstance();
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(room, depth);
            case START_ARRAY -> array(room, depth);
            case VALUE_STRING -> {
                String text = parser.getString();
                room.take(text.length());
                yield JsonNodeFactory.instance.stringNode(text);
            }
            default -> parser.readValueAsTree();
        };
    }

    private ObjectNode object(Room room, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (isAskedFor(name)) {
                object.set(name, value(room, depth + 1));
            } else {
                parser.skipChildren();
            }
        }
        return object;
    }

    private ArrayNode array(Room room, int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonNode value = value(room, depth + 1);
            if (!room.isOver()) {
                array.add(value);
            }
        }
        return array;
    }
}
