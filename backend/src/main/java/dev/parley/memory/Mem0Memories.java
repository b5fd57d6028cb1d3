package dev.parley.memory;

import dev.parley.memory.Memory.Kind;
import dev.parley.memory.Memory.Origin;
import dev.parley.memory.Memory.Source;
import dev.parley.memory.Memory.Status;
import dev.parley.memory.MemoryRepository.Filter;
import dev.parley.shared.Cursor;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.shared.Word;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Memories that a Mem0 service keeps. It has no states: all are active. What it does not know of a memory stands in
/// the metadata that it keeps for us.
final class Mem0Memories implements MemoryStore {
    private static final int WHOLE_PAGE = 100;
    private static final int MOST_PAGES = 1_000;

    private final Mem0Client client;
    private final String prefix;
    private final OwnMemories own;

    Mem0Memories(Mem0Client client, String prefix, OwnMemories own) {
        this.client = client;
        this.prefix = prefix;
        this.own = own;
    }

    @Override
    public Profile profile(UserId owner) {
        return new Profile(List.of());
    }

    @Override
    public boolean asks() {
        return false;
    }

    @Override
    public Page<Memory> list(UserId owner, Filter filter, PageRequest request) {
        Cursor cursor = Cursor.parse(request.cursor(), 1);
        int page = cursor == null ? 1 : (int) cursor.number(0);
        if (filter.status() != Status.ACTIVE) {
            return new Page<>(List.of(), null);
        }
        List<Memory> all = memories(client.page(user(owner), page, request.limit()));
        List<Memory> fitting =
                all.stream().filter(memory -> fits(memory, filter)).toList();
        boolean more = all.size() == request.limit();
        return new Page<>(fitting, more ? Cursor.of(page + 1).encoded() : null);
    }

    @Override
    public List<Found> search(UserId owner, String query, Filter filter, int most) {
        if (filter.status() != Status.ACTIVE) {
            return List.of();
        }
        List<Found> found = new ArrayList<>();
        for (JsonNode one : client.search(user(owner), query, Math.min(most, WHOLE_PAGE))) {
            Memory memory = memory(one);
            if (fits(memory, filter)) {
                found.add(new Found(memory, Math.clamp(one.path("score").asDouble(0), 0, 1)));
            }
        }
        return found;
    }

    @Override
    public Memory get(UserId owner, UUID id) {
        return memory(owned(owner, id));
    }

    @Override
    public Memory add(UserId owner, String content, Kind kind, boolean pinned) {
        return add(owner, content, Map.of("kind", kind.word(), "pinned", pinned));
    }

    /// Keeps a sentence as it is.
    Memory add(UserId owner, String content, Map<String, ?> metadata) {
        String event = client.add(user(owner), sentence(content), metadata, false);
        for (JsonNode one : client.awaitEvent(event)) {
            String id = one.path("id").asString("");
            if (!id.isEmpty()) {
                return get(owner, UUID.fromString(id));
            }
        }
        // It knew that already.
        return search(owner, content, new Filter(Status.ACTIVE, null, null), 1).stream()
                .map(Found::memory)
                .findFirst()
                .orElseThrow(() -> ParleyException.notFound("memory"));
    }

    @Override
    public int take(UserId owner, List<Learned> brought) {
        Set<String> there = new HashSet<>();
        each(owner, memory -> there.add(said(memory.content())));
        int taken = 0;
        String event = "";
        for (Learned one : brought) {
            if (there.add(said(one.content()))) {
                event = client.add(user(owner), sentence(one.content()), metadata(one), false);
                taken++;
            }
        }
        if (taken > 0) {
            client.awaitEvent(event);
        }
        return taken;
    }

    private static Map<String, ?> metadata(Learned one) {
        return Map.of(
                "kind",
                one.kind().word(),
                "pinned",
                one.pinned(),
                "valid_from",
                one.validFrom().toString());
    }

    private static List<Map<String, String>> sentence(String content) {
        return List.of(Map.of("role", "user", "content", content));
    }

    /// What differs in case and punctuation alone says the same.
    static String said(String content) {
        return String.join(" ", Terms.words(content));
    }

    /// Has it learn from an exchange. Returns before it has.
    void learn(UserId owner, List<Map<String, String>> messages, Source source) {
        client.add(user(owner), messages, Map.of("chat_id", source.chatId(), "message_id", source.messageId()), true);
    }

    @Override
    public Memory edit(UserId owner, UUID id, Edit edit) {
        JsonNode stored = owned(owner, id);
        Memory before = memory(stored);
        if (edit.status() == Status.REJECTED) {
            throw ParleyException.invalid("status", "What the memory service keeps is active until it is deleted.");
        }
        Map<String, Object> metadata = new HashMap<>();
        stored.path("metadata").properties().forEach(one -> metadata.put(one.getKey(), one.getValue()));
        metadata.put("kind", (edit.kind() == null ? before.kind() : edit.kind()).word());
        metadata.put("pinned", edit.pinned() == null ? before.pinned() : edit.pinned());
        String content = edit.content() == null ? before.content() : edit.content();
        client.update(id, content, metadata);
        if (!content.equals(before.content())) {
            own.unfind(owner, messages(before));
        }
        return get(owner, id);
    }

    @Override
    public void forget(UserId owner, UUID id) {
        List<UUID> sources = messages(get(owner, id));
        client.delete(id);
        own.forgetElsewhere(owner, id, sources);
    }

    /// It does not say what was true before.
    @Override
    public void undo(UserId owner, UUID id) {
        forget(owner, id);
    }

    private static List<UUID> messages(Memory memory) {
        return memory.sources().stream().map(Source::messageId).toList();
    }

    @Override
    public int forgetSaid(UserId owner, String what, UUID order) {
        int[] wanted = Terms.of(what);
        List<UUID> doomed = all(owner).stream()
                .filter(memory -> Terms.areIn(memory.content(), wanted))
                .map(Memory::id)
                .toList();
        doomed.forEach(id -> forget(owner, id));
        own.forgetSaid(owner, what, order);
        return doomed.size();
    }

    @Override
    public void forgetAll(UserId owner) {
        forgetThere(owner);
        own.forgetAll(owner);
    }

    @Override
    public List<Memory.Change> history(UserId owner, UUID id) {
        owned(owner, id);
        List<Memory.Change> changes = new ArrayList<>();
        for (JsonNode one : client.history(id)) {
            changes.add(new Memory.Change(
                    one.path("event").asString("UPDATE"),
                    text(one.path("old_memory")),
                    text(one.path("new_memory")),
                    instant(one.path("created_at")),
                    Learned.CONVERSATION,
                    null));
        }
        return changes;
    }

    /// All that it keeps of a person, newest first.
    List<Memory> all(UserId owner) {
        List<Memory> all = new ArrayList<>();
        each(owner, all::add);
        return all;
    }

    @Override
    public void each(UserId owner, Consumer<Memory> use) {
        for (int page = 1; page <= MOST_PAGES; page++) {
            List<Memory> some = memories(client.page(user(owner), page, WHOLE_PAGE));
            some.forEach(use);
            if (some.size() < WHOLE_PAGE) {
                return;
            }
        }
    }

    /// Of somebody whose account is gone here.
    void forgetThere(UserId owner) {
        client.deleteAll(user(owner));
    }

    private String user(UserId owner) {
        return prefix + owner;
    }

    /// What is somebody else's does not exist.
    private JsonNode owned(UserId owner, UUID id) {
        JsonNode stored = client.get(id);
        if (!stored.path("user_id").asString("").equals(user(owner))) {
            throw ParleyException.notFound("memory");
        }
        return stored;
    }

    private static boolean fits(Memory memory, Filter filter) {
        return (filter.kind() == null || filter.kind() == memory.kind())
                && (filter.chat() == null
                        || memory.sources().stream()
                                .anyMatch(source -> source.chatId().equals(filter.chat())));
    }

    private static List<Memory> memories(JsonNode list) {
        List<Memory> memories = new ArrayList<>();
        list.forEach(one -> memories.add(memory(one)));
        return memories;
    }

    private static Memory memory(JsonNode one) {
        JsonNode metadata = one.path("metadata");
        Instant created = instant(one.path("created_at"));
        return new Memory(
                UUID.fromString(one.path("id").asString()),
                one.path("memory").asString(""),
                Word.find(Kind.class, metadata.path("kind").asString("")).orElse(Kind.FACT),
                Status.ACTIVE,
                created,
                one.path("updated_at").isString() ? instant(one.path("updated_at")) : created,
                metadata.path("valid_from").isString() ? instant(metadata.path("valid_from")) : created,
                null,
                null,
                sources(metadata),
                metadata.path("pinned").asBoolean(false),
                Origin.AUTOMATIC,
                null,
                0);
    }

    private static List<Source> sources(JsonNode metadata) {
        try {
            return metadata.path("message_id").isString()
                    ? List.of(new Source(
                            UUID.fromString(metadata.path("chat_id").asString("")),
                            UUID.fromString(metadata.path("message_id").asString(""))))
                    : List.of();
        } catch (IllegalArgumentException e) {
            return List.of(); // written by another program
        }
    }

    private static @Nullable String text(JsonNode value) {
        return value.isString() ? value.asString() : null;
    }

    private static Instant instant(JsonNode value) {
        try {
            return OffsetDateTime.parse(value.asString("")).toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
