package dev.parley.imports;

import dev.parley.chats.ChatSettings;
import dev.parley.imports.SourceChat.Node;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads the chats of a JSON document one after the other, whoever wrote it: what is known by its fields is a chat, all
/// else is passed over. No more than one chat is ever held, and of a chat no more than it may have.
final class ChatReader {
    private static final int MOST_CHARACTERS = 32 << 20;
    private static final int MOST_NODES = 200_000;
    private static final int LONGEST_MESSAGE = 4 << 20;
    /// Each answer of some files stands inside its question.
    private static final int DEEPEST = 4_000;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(MOST_CHARACTERS)
                            .build())
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final JsonParser parser;
    private final Consumer<SourceChat> found;
    private final Messages messages = new Messages(JSON);

    private ChatReader(JsonParser parser, Consumer<SourceChat> found) {
        this.parser = parser;
        this.found = found;
    }

    /// @param found is given each chat, in their order
    /// @throws JacksonException where it is no JSON, from there on
    static void read(InputStream document, Consumer<SourceChat> found) {
        try (JsonParser parser = JSON.createParser(document)) {
            new ChatReader(parser, found).document();
        }
    }

    private void document() {
        JsonToken token;
        while ((token = parser.nextToken()) != null) {
            if (token == JsonToken.START_ARRAY) {
                elements();
            } else if (token == JsonToken.START_OBJECT) {
                chat();
            }
        }
    }

    private void elements() {
        JsonToken token;
        while ((token = parser.nextToken()) != JsonToken.END_ARRAY) {
            if (token == JsonToken.START_OBJECT) {
                chat();
            } else {
                parser.skipChildren();
            }
        }
    }

    private void chat() {
        Draft draft = new Draft();
        fields(draft, false);
        SourceChat chat = draft.finished();
        if (chat != null) {
            found.accept(chat);
        }
    }

    /// @param inner whether it is what another object has as its `chat`
    private void fields(Draft draft, boolean inner) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_ARRAY) {
                array(name, draft, inner);
            } else if (value == JsonToken.START_OBJECT) {
                object(name, draft, inner);
            } else {
                draft.take(name, parser.readValueAsTree(), inner);
            }
        }
    }

    private void array(String name, Draft draft, boolean inner) {
        switch (name) {
            case "chats", "conversations" -> elements();
            // Open WebUI tells the branch that is shown twice.
            case "messages", "messagesTree" -> {
                if (inner) {
                    parser.skipChildren();
                } else {
                    list(draft);
                }
            }
            default -> parser.skipChildren();
        }
    }

    private void object(String name, Draft draft, boolean inner) {
        switch (name) {
            case "mapping" -> {
                draft.format = Format.CHATGPT;
                places((key, place) -> draft.add(messages.ofChatGpt(key, place, draft.skipped)));
            }
            case "chat" -> fields(draft, true);
            case "history" -> history(draft);
            case "settings" -> draft.settings = settings(parser.readValueAsTree(), inner);
            default -> parser.skipChildren();
        }
    }

    private void history(Draft draft) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("messages") && value == JsonToken.START_OBJECT) {
                draft.format = Format.OPEN_WEBUI;
                places((key, message) -> draft.add(messages.ofOpenWebUi(key, message, draft.skipped)));
            } else if (name.equals("currentId") && value == JsonToken.VALUE_STRING) {
                draft.currentId = parser.getString();
            } else {
                parser.skipChildren();
            }
        }
    }

    private interface Place {
        void is(String key, JsonNode value);
    }

    private void places(Place place) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                place.is(key, parser.readValueAsTree());
            } else {
                parser.skipChildren();
            }
        }
    }

    private void list(Draft draft) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                message(draft);
            } else {
                parser.skipChildren();
            }
        }
    }

    /// A message, and those that stand inside of it.
    private void message(Draft draft) {
        ObjectNode message = JSON.createObjectNode();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_ARRAY && name.equals("children")) {
                list(draft);
            } else {
                JsonNode value = parser.readValueAsTree();
                message.set(name, value);
            }
        }
        if (message.path("messageId").isString()) {
            draft.format = Format.LIBRECHAT;
            draft.add(messages.ofLibreChat(message, draft.skipped));
        } else if (message.path("id").isString() && message.has("parent_id") && message.has("chat_id")) {
            draft.format = Format.PARLEY;
            draft.add(messages.ofParley(message));
        }
    }

    private static ChatSettings settings(JsonNode told, boolean inner) {
        try {
            return inner ? JSON.treeToValue(told, ChatSettings.class) : ChatSettings.NONE;
        } catch (JacksonException e) {
            return ChatSettings.NONE;
        }
    }

    /// What is known of a chat so far.
    private static final class Draft {
        private @Nullable Format format;
        private final Map<String, String> ids = new LinkedHashMap<>();
        private @Nullable String title;
        private @Nullable Instant createdAt;
        private @Nullable Instant updatedAt;
        private boolean archived;
        private boolean pinned;
        private boolean temporary;
        private ChatSettings settings = ChatSettings.NONE;
        private @Nullable String currentId;
        private Map<String, Node> nodes = new LinkedHashMap<>();
        private final List<Skipped> skipped = new ArrayList<>();
        private long characters;
        private boolean tooLarge;

        void take(String name, JsonNode value, boolean inner) {
            switch (name) {
                case "conversation_id", "conversationId" -> id("conversation", value);
                case "id" -> id(inner ? "inner" : "outer", value);
                case "title" -> title = title == null || inner ? Values.text(value) : title;
                case "create_time", "created_at", "createdAt" ->
                    createdAt = createdAt == null ? Values.time(value) : createdAt;
                case "update_time", "updated_at", "updatedAt" ->
                    updatedAt = updatedAt == null ? Values.time(value) : updatedAt;
                case "is_archived", "archived" -> archived |= value.asBoolean(false);
                case "is_pinned", "pinned", "is_starred" -> pinned |= value.asBoolean(false);
                case "is_temporary" -> temporary |= value.asBoolean(false);
                case "current_node", "current_message_id" -> currentId = Values.text(value);
                default -> {}
            }
        }

        private void id(String kind, JsonNode value) {
            String id = Values.text(value);
            if (id != null) {
                ids.put(kind, id);
            }
        }

        void add(Node node) {
            characters += node.text().length();
            String reasoning = node.metadata().reasoning();
            characters += reasoning == null ? 0 : reasoning.length();
            if (node.id().isEmpty() || tooLarge) {
                return;
            }
            if (characters > MOST_CHARACTERS || nodes.size() >= MOST_NODES) {
                tooLarge = true;
                nodes = new LinkedHashMap<>();
                return;
            }
            if (node.text().length() > LONGEST_MESSAGE) {
                skipped.add(Skipped.MESSAGE_TOO_LONG);
                nodes.put(node.id(), Node.silent(node.id(), node.parentId(), null));
                return;
            }
            nodes.put(node.id(), node);
        }

        /// @return null where it is no chat
        @Nullable
        SourceChat finished() {
            if (format == null) {
                return null;
            }
            if (tooLarge) {
                skipped.clear();
                skipped.add(Skipped.TOO_LARGE);
            }
            return new SourceChat(
                    format,
                    id(),
                    title,
                    createdAt,
                    updatedAt,
                    archived,
                    pinned,
                    temporary,
                    settings,
                    currentId,
                    nodes,
                    List.copyOf(skipped));
        }

        /// A chat that has no name of its own is known by that of its first message.
        private String id() {
            for (String kind : List.of("conversation", "outer", "inner")) {
                String id = ids.get(kind);
                if (id != null) {
                    return id;
                }
            }
            return nodes.isEmpty() ? "" : "of " + nodes.keySet().iterator().next();
        }
    }
}
