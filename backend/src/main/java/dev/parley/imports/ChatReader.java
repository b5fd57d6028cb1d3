package dev.parley.imports;

import dev.parley.chats.ChatSettings;
import dev.parley.imports.SourceChat.Node;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads the chats of a JSON document one after the other, whoever wrote it: what is known by its fields is a chat, all
/// else is passed over. No more than one chat is ever held, and of a chat no more than it may have.
final class ChatReader {
    static final int LONGEST_MESSAGE = 4 << 20;

    /// Each answer of some files stands inside its question.
    private static final int DEEPEST = 4_000;
    /// An export of everything has its chats in a list.
    private static final int DEEPEST_CHAT = 2;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(Room.OF_A_CHAT)
                            .build())
                    // Else the parser keeps the names of tens of thousands of messages, however long they are.
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final JsonParser parser;
    private final Trees trees;
    private final Consumer<SourceChat> found;
    private final Messages messages = new Messages();
    private int depth;

    private ChatReader(JsonParser parser, Consumer<SourceChat> found) {
        this.parser = parser;
        trees = new Trees(parser);
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
        depth++;
        fields(draft, false);
        depth--;
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
            } else if (Draft.isKnown(name)) {
                draft.take(name, parser.readValueAsTree(), inner);
            }
        }
    }

    private void array(String name, Draft draft, boolean inner) {
        switch (name) {
            case "chats", "conversations" -> {
                if (depth < DEEPEST_CHAT) {
                    elements();
                } else {
                    parser.skipChildren();
                }
            }
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
                places(draft, (key, place) -> messages.ofChatGpt(key, place, draft::skip));
            }
            case "chat" -> {
                if (inner) {
                    parser.skipChildren();
                } else {
                    fields(draft, true);
                }
            }
            case "history" -> history(draft);
            case "settings" -> {
                if (inner) {
                    draft.settings = settings(held(draft));
                } else {
                    parser.skipChildren();
                }
            }
            default -> parser.skipChildren();
        }
    }

    private void history(Draft draft) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("messages") && value == JsonToken.START_OBJECT) {
                draft.format = Format.OPEN_WEBUI;
                places(draft, (key, message) -> messages.ofOpenWebUi(key, message, draft::skip));
            } else if (name.equals("currentId") && value == JsonToken.VALUE_STRING) {
                draft.take("current_node", parser.readValueAsTree(), true);
            } else {
                parser.skipChildren();
            }
        }
    }

    private interface Place {
        Node is(String key, JsonNode value);
    }

    private void places(Draft draft, Place place) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            if (parser.nextToken() != JsonToken.START_OBJECT || draft.room.isOver()) {
                parser.skipChildren();
                continue;
            }
            JsonNode value = held(draft);
            if (!draft.room.isOver()) {
                draft.add(place.is(key, value));
            }
        }
    }

    /// A value that is held only until something is made of it.
    private JsonNode held(Draft draft) {
        long before = draft.room.left();
        JsonNode value = trees.value(draft.room);
        draft.room.giveBack(before - draft.room.left());
        return value;
    }

    /// A message whose end has not come.
    private static final class Open {
        private final ObjectNode message = JSON.createObjectNode();
        private long weight;
    }

    /// Messages, and those that stand inside of them: thousands deep, so without recursion.
    private void list(Draft draft) {
        Deque<Open> open = new ArrayDeque<>();
        while (true) {
            switch (parser.nextToken()) {
                case START_OBJECT -> open.push(new Open());
                case PROPERTY_NAME -> field(draft, open.getFirst());
                case END_OBJECT -> end(draft, open.pop());
                case END_ARRAY -> {
                    if (open.isEmpty()) {
                        return;
                    }
                }
                default -> parser.skipChildren();
            }
        }
    }

    private void field(Draft draft, Open open) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.START_ARRAY && name.equals("children")) {
            return;
        }
        if (!Trees.isAskedFor(name)) {
            parser.skipChildren();
            return;
        }
        long before = draft.room.left();
        JsonNode value = trees.value(draft.room);
        open.weight += before - draft.room.left();
        if (!draft.room.isOver()) {
            open.message.set(name, value);
        }
    }

    private void end(Draft draft, Open open) {
        ObjectNode message = open.message;
        draft.room.giveBack(open.weight);
        if (message.path("messageId").isString()) {
            draft.format = Format.LIBRECHAT;
            draft.add(messages.ofLibreChat(message, draft::skip));
        } else if (message.path("id").isString() && message.has("parent_id") && message.has("chat_id")) {
            draft.format = Format.PARLEY;
            draft.add(messages.ofParley(message));
        }
    }

    /// Each setting that makes sense here.
    private static ChatSettings settings(JsonNode told) {
        JsonNode temperature = told.path("temperature");
        JsonNode tokens = told.path("max_tokens");
        JsonNode memory = told.path("memory_enabled");
        return new ChatSettings(
                        storable(told.path("model")),
                        temperature.isNumber() ? Double.valueOf(temperature.doubleValue()) : null,
                        tokens.isInt() ? Integer.valueOf(tokens.intValue()) : null,
                        storable(told.path("system_prompt")),
                        memory.isBoolean() ? Boolean.valueOf(memory.booleanValue()) : null)
                .withinBounds();
    }

    private static @Nullable String storable(JsonNode value) {
        String text = Values.text(value);
        return text == null ? null : Values.storable(text);
    }

    /// What is known of a chat so far.
    private static final class Draft {
        private static final Set<String> KNOWN = Set.of(
                "conversation_id",
                "conversationId",
                "id",
                "title",
                "create_time",
                "created_at",
                "createdAt",
                "update_time",
                "updated_at",
                "updatedAt",
                "is_archived",
                "archived",
                "is_pinned",
                "pinned",
                "is_starred",
                "is_temporary",
                "current_node",
                "current_message_id",
                "default_model_slug");

        private @Nullable Format format;
        private final Map<String, String> ids = new LinkedHashMap<>();
        private @Nullable String title;
        private @Nullable Instant createdAt;
        private @Nullable Instant updatedAt;
        private boolean archived;
        private boolean pinned;
        private boolean temporary;
        private ChatSettings settings = ChatSettings.NONE;
        private @Nullable String model;
        private @Nullable String currentId;
        private Map<String, Node> nodes = new LinkedHashMap<>();
        private final Map<Skipped, Integer> skipped = new EnumMap<>(Skipped.class);
        private final Room room = new Room();

        static boolean isKnown(String name) {
            return KNOWN.contains(name);
        }

        void skip(Skipped reason) {
            skipped.merge(reason, 1, Integer::sum);
        }

        void take(String name, JsonNode value, boolean inner) {
            switch (name) {
                case "conversation_id", "conversationId" -> id("conversation", value);
                case "id" -> id(inner ? "inner" : "outer", value);
                case "title" -> title = title == null || inner ? Values.head(value) : title;
                case "create_time", "created_at", "createdAt" ->
                    createdAt = createdAt == null ? Values.time(value) : createdAt;
                case "update_time", "updated_at", "updatedAt" ->
                    updatedAt = updatedAt == null ? Values.time(value) : updatedAt;
                case "is_archived", "archived" -> archived |= value.asBoolean(false);
                case "is_pinned", "pinned", "is_starred" -> pinned |= value.asBoolean(false);
                case "is_temporary" -> temporary |= value.asBoolean(false);
                case "current_node", "current_message_id" -> currentId = Values.id(value);
                case "default_model_slug" -> model = value.asString("").equals("auto") ? null : Values.name(value);
                default -> {}
            }
        }

        private void id(String kind, JsonNode value) {
            String id = Values.id(value);
            if (id != null) {
                ids.put(kind, id);
            }
        }

        void add(Node node) {
            if (node.id().isEmpty() || room.isOver()) {
                return;
            }
            Node kept = node;
            if (node.text().length() > LONGEST_MESSAGE) {
                skip(Skipped.MESSAGE_TOO_LONG);
                kept = Node.silent(node.id(), node.parentId(), null);
            }
            room.take(kept);
            nodes.put(kept.id(), kept);
            if (room.isOver()) {
                nodes = new LinkedHashMap<>();
            }
        }

        /// @return null where it is no chat
        @Nullable
        SourceChat finished() {
            if (format == null) {
                return null;
            }
            if (room.isOver()) {
                nodes = new LinkedHashMap<>();
                skipped.clear();
                skip(Skipped.TOO_LARGE);
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
                    model,
                    currentId,
                    nodes,
                    Map.copyOf(skipped));
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
