package dev.parley.memory;

import dev.parley.memory.Memory.Kind;
import dev.parley.memory.Memory.Origin;
import dev.parley.shared.UserId;
import dev.parley.shared.Word;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/// Reads memories that were taken away elsewhere: our own export, a list of `memory` objects, or what Mem0 lists
/// (`{"results": [{"memory": "…", "created_at": "…"}]}`). Doing it twice adds nothing.
@Service
class MemoryImport {
    private static final int LONGEST = 2_000;
    private static final int MOST = 10_000;
    private static final List<String> LISTS = List.of("memories", "items", "results", "data");

    private final MemoryStore store;
    private final Clock clock;

    MemoryImport(MemoryStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// @param found how many it held
    /// @param imported how many of them were new
    record Result(int found, int imported) {}

    Result add(UserId owner, JsonNode document) {
        List<Learned> all = new ArrayList<>();
        for (JsonNode one : list(document)) {
            if (all.size() < MOST) {
                read(one, all);
            }
        }
        // In the order in which they were true, so that the last one is.
        all.sort(Comparator.comparing(Learned::validFrom));
        return new Result(all.size(), store.take(owner, all));
    }

    private static JsonNode list(JsonNode document) {
        JsonNode inner = document;
        for (int depth = 0; depth < 3 && inner.isObject(); depth++) {
            JsonNode outer = inner;
            inner = LISTS.stream()
                    .map(outer::path)
                    .filter(part -> part.isArray() || part.isObject())
                    .findFirst()
                    .orElseGet(outer::deepCopy);
        }
        return inner;
    }

    private void read(JsonNode one, List<Learned> into) {
        // An export has the memory beside its history; Mem0 calls the sentence itself "memory".
        JsonNode memory = one.path("memory").isObject() ? one.path("memory") : one;
        String content = (memory.has("content") ? memory.path("content") : memory.path("memory"))
                .asString("")
                .strip();
        boolean current = List.of("active", "").contains(memory.path("status").asString(""));
        if (content.isEmpty() || content.length() > LONGEST || !current) {
            return;
        }
        into.add(new Learned(
                content,
                kind(memory, content),
                PlainStatements.slotOf(content),
                Origin.IMPORT,
                Learned.IMPORT,
                since(memory),
                0.5,
                0.9,
                memory.path("pinned")
                        .asBoolean(memory.path("metadata").path("pinned").asBoolean(false)),
                List.of()));
    }

    private static Kind kind(JsonNode memory, String content) {
        String word = memory.path("kind")
                .asString(memory.path("metadata").path("kind").asString(""));
        return Word.find(Kind.class, word).orElseGet(() -> PlainStatements.kindOf(content));
    }

    private Instant since(JsonNode memory) {
        String since =
                memory.path("valid_from").asString(memory.path("created_at").asString(""));
        try {
            Instant at = OffsetDateTime.parse(since).toInstant();
            return at.isAfter(clock.instant()) ? clock.instant() : at;
        } catch (DateTimeException e) {
            return clock.instant(); // it does not say, or not so that it can be read
        }
    }
}
