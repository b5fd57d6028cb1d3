package dev.parley.memory;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.parley.memory.Memory.Kind;
import dev.parley.memory.Memory.Status;
import dev.parley.memory.MemoryRepository.Filter;
import dev.parley.memory.MemoryStore.Edit;
import dev.parley.memory.MemoryStore.Found;
import dev.parley.shared.Cursor;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.shared.Word;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/memories")
@Tag(name = "Memories")
class MemoryController {
    private static final int LONGEST_CONTENT = 2_000;
    private static final int LONGEST_QUERY = 500;
    private static final int MOST_FOUND = 200;

    private final MemoryStore store;

    MemoryController(MemoryStore store) {
        this.store = store;
    }

    /// A memory of a list; a found one says how near it is.
    record Item(
            @JsonUnwrapped Memory memory,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Double score) {}

    record AddMemory(
            @Nullable String content,
            @Nullable String kind,
            @Nullable Boolean pinned) {}

    record ChangeMemory(
            @Nullable String content,
            @Nullable String kind,
            @Nullable Boolean pinned,
            @Nullable String status) {}

    /// @param old null for the first
    record HistoryItem(
            String event,
            @Nullable String old,

            @com.fasterxml.jackson.annotation.JsonProperty("new") @Nullable
            String now,

            Instant at,
            String by,
            Memory.@Nullable Source source) {}

    @GetMapping
    @Operation(summary = "What is remembered, newest first; with q what is near to it in meaning, best first")
    Envelope<Page<Item>> list(
            @CurrentUser UserId caller,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(name = "chat_id", required = false) @Nullable UUID chatId) {
        PageRequest request = new PageRequest(limit, cursor);
        Status wanted = Word.parameter(Status.class, "status", status);
        Filter filter =
                new Filter(wanted == null ? Status.ACTIVE : wanted, Word.parameter(Kind.class, "kind", kind), chatId);
        if (q == null || q.isBlank()) {
            return Envelope.ok(store.list(caller, filter, request).map(memory -> new Item(memory, null)));
        }
        String query = q.substring(0, Math.min(q.length(), LONGEST_QUERY));
        return Envelope.ok(page(store.search(caller, query, filter, MOST_FOUND), request)
                .map(found -> new Item(found.memory(), Math.round(found.score() * 1e4) / 1e4)));
    }

    /// What was found is found anew for each page; the page goes on below the last one's score.
    private static Page<Found> page(List<Found> found, PageRequest request) {
        Cursor after = Cursor.parse(request.cursor(), 2);
        List<Found> rest = after == null
                ? found
                : found.stream()
                        .dropWhile(one -> !one.memory().id().equals(after.uuid(1)) && one.score() >= after.number(0))
                        .dropWhile(one -> one.memory().id().equals(after.uuid(1)))
                        .toList();
        return Page.of(
                rest,
                request.limit(),
                one -> Cursor.of(one.score(), one.memory().id()));
    }

    /// @param memories what it is made of
    /// @param asks whether what is learned can wait until it is accepted
    record ProfileView(String content, List<UUID> memories, boolean asks) {}

    @GetMapping("/profile")
    @Operation(summary = "What is true of the user whatever they ask about, in a paragraph made of memories")
    Envelope<ProfileView> profile(@CurrentUser UserId caller) {
        Profile profile = store.profile(caller);
        return Envelope.ok(new ProfileView(profile.text(), profile.ids(), store.asks()));
    }

    @GetMapping("/{id}")
    @Operation(summary = "One memory")
    Envelope<Memory> get(@CurrentUser UserId caller, @PathVariable UUID id) {
        return Envelope.ok(store.get(caller, id));
    }

    @PostMapping
    @Operation(summary = "Remembers what is written by hand")
    ResponseEntity<Envelope<Memory>> add(@CurrentUser UserId caller, @RequestBody AddMemory body) {
        Kind kind = Word.field(Kind.class, "kind", body.kind());
        String content = content(body.content() == null ? "" : body.content());
        Memory added = store.add(
                caller,
                content,
                kind == null ? PlainStatements.kindOf(content) : kind,
                Boolean.TRUE.equals(body.pinned()));
        return ResponseEntity.status(HttpStatus.CREATED).body(Envelope.ok(added));
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Corrects, pins, accepts (status active) or refuses (status rejected) a memory")
    Envelope<Memory> change(@CurrentUser UserId caller, @PathVariable UUID id, @RequestBody ChangeMemory body) {
        Status status = Word.field(Status.class, "status", body.status());
        if (status != null && status != Status.ACTIVE && status != Status.REJECTED) {
            throw ParleyException.invalid("status", "This is active or rejected.");
        }
        Edit edit = new Edit(
                body.content() == null ? null : content(body.content()),
                Word.field(Kind.class, "kind", body.kind()),
                body.pinned(),
                status);
        return Envelope.ok(store.edit(caller, id, edit));
    }

    @DeleteMapping("/{id}")
    @Operation(summary = "Forgets a memory for good; with undo what it took the place of is true again")
    Envelope<@Nullable Void> forget(
            @CurrentUser UserId caller, @PathVariable UUID id, @RequestParam(defaultValue = "false") boolean undo) {
        if (undo) {
            store.undo(caller, id);
        } else {
            store.forget(caller, id);
        }
        return Envelope.done("It is forgotten.");
    }

    @DeleteMapping
    @Operation(summary = "Forgets all memories for good")
    Envelope<@Nullable Void> forgetAll(@CurrentUser UserId caller) {
        store.forgetAll(caller);
        return Envelope.done("Everything is forgotten.");
    }

    @GetMapping("/{id}/history")
    @Operation(summary = "Each change of a memory, oldest first")
    Envelope<Page<HistoryItem>> history(@CurrentUser UserId caller, @PathVariable UUID id) {
        List<HistoryItem> changes = store.history(caller, id).stream()
                .map(change -> new HistoryItem(
                        change.event(), change.old(), change.now(), change.at(), change.by(), change.source()))
                .toList();
        return Envelope.ok(new Page<>(changes, null));
    }

    private static String content(String sent) {
        String content = sent.strip();
        if (content.isEmpty() || content.codePointCount(0, content.length()) > LONGEST_CONTENT) {
            throw ParleyException.invalid("content", "A memory has 1 to 2,000 characters.");
        }
        return content;
    }
}
