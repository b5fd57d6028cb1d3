package dev.parley.chats;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import dev.parley.web.Sent;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

@RestController
@RequestMapping("/api/v1/chats")
@Tag(name = "Chats")
class ChatController {
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_QUERY = 500;

    private final Chats chats;
    private final SettingsReader settings;

    ChatController(Chats chats, SettingsReader settings) {
        this.chats = chats;
        this.settings = settings;
    }

    /// A chat of a list; a found one says where it was found.
    record Item(
            @JsonUnwrapped Chat chat,
            @JsonUnwrapped @Nullable Match match) {}

    /// @param snippet HTML, the words found in `<mark>`
    /// @param messageId where they stand; null for the title
    record Match(String snippet, @Nullable UUID messageId) {}

    record CreateChat(
            @Nullable String title,
            @Nullable @Valid ChatSettings settings,
            @Nullable Boolean isTemporary,
            @Nullable UUID clientId) {}

    record ReplaceChat(
            @Nullable String title,
            @Nullable Boolean isArchived,
            @Nullable Boolean isPinned,
            @Nullable ObjectNode settings) {}

    /// An absent field stays as it is; `title: null` takes the title away.
    record ChangeChat(
            @Nullable @Schema(type = "string", nullable = true)
            Sent<String> title,

            @Nullable Boolean isArchived,
            @Nullable Boolean isPinned,
            @Nullable ObjectNode settings) {}

    record ForkChat(
            @NotNull(message = "Name the message to fork at.")
            UUID messageId) {}

    @GetMapping
    @Operation(summary = "The chats, newest activity first and pinned before all; with q the ones found, best first")
    Envelope<Page<Item>> list(
            @CurrentUser UserId caller,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "false") boolean archived,
            @RequestParam(required = false) @Nullable String q) {
        PageRequest request = new PageRequest(limit, cursor);
        if (q == null || q.isBlank()) {
            return Envelope.ok(chats.list(caller, archived, request).map(chat -> new Item(chat, null)));
        }
        SearchQuery query = SearchQuery.of(q.substring(0, Math.min(q.length(), LONGEST_QUERY)));
        return Envelope.ok(chats.search(caller, archived, query, request)
                .map(found -> new Item(
                        found.chat(),
                        new Match(Snippet.of(found.text() == null ? "" : found.text(), query), found.messageId()))));
    }

    @PostMapping
    @Operation(summary = "A new chat")
    ResponseEntity<Envelope<Chat>> create(
            @CurrentUser UserId caller, @Valid @RequestBody(required = false) @Nullable CreateChat body) {
        CreateChat asked = body == null ? new CreateChat(null, null, null, null) : body;
        Chats.Created created = chats.create(
                caller,
                asked.clientId(),
                title(asked.title()),
                asked.settings() == null ? ChatSettings.NONE : asked.settings(),
                Boolean.TRUE.equals(asked.isTemporary()));
        return ResponseEntity.status(created.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                .body(Envelope.ok(created.chat()));
    }

    @GetMapping("/{id}")
    @Operation(summary = "One chat")
    Envelope<Chat> get(@CurrentUser UserId caller, @PathVariable UUID id) {
        return Envelope.ok(chats.get(caller, id));
    }

    @PutMapping("/{id}")
    @Operation(summary = "Replaces title, is_archived, is_pinned and settings")
    Envelope<Chat> replace(@CurrentUser UserId caller, @PathVariable UUID id, @RequestBody ReplaceChat body) {
        ChatChange change = new ChatChange(
                true,
                title(body.title()),
                Boolean.TRUE.equals(body.isArchived()),
                Boolean.TRUE.equals(body.isPinned()),
                true,
                settings.checked(body.settings()));
        return Envelope.ok(chats.update(caller, id, change));
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Changes what is sent; settings by key, null removes")
    Envelope<Chat> change(@CurrentUser UserId caller, @PathVariable UUID id, @RequestBody ChangeChat body) {
        Sent<String> title = body.title();
        ChatChange change = new ChatChange(
                title != null,
                title == null ? null : title(title.value()),
                body.isArchived(),
                body.isPinned(),
                false,
                settings.checked(body.settings()));
        return Envelope.ok(chats.update(caller, id, change));
    }

    @DeleteMapping("/{id}")
    @Operation(summary = "Deletes the chat and its messages; restorable for ten minutes")
    Envelope<@Nullable Void> delete(@CurrentUser UserId caller, @PathVariable UUID id) {
        chats.delete(caller, id);
        return Envelope.done("The chat is deleted.");
    }

    @PostMapping("/{id}/restore")
    @Operation(summary = "Undoes a deletion of the last ten minutes")
    Envelope<Chat> restore(@CurrentUser UserId caller, @PathVariable UUID id) {
        return Envelope.ok(chats.restore(caller, id));
    }

    @PostMapping("/{id}/fork")
    @Operation(summary = "A new chat with a copy of the branch down to a message")
    ResponseEntity<Envelope<Chat>> fork(
            @CurrentUser UserId caller, @PathVariable UUID id, @Valid @RequestBody ForkChat body) {
        return ResponseEntity.status(HttpStatus.CREATED).body(Envelope.ok(chats.fork(caller, id, body.messageId())));
    }

    private static @Nullable String title(@Nullable String sent) {
        if (sent == null) {
            return null;
        }
        String title = sent.strip();
        if (title.isEmpty() || title.codePointCount(0, title.length()) > LONGEST_TITLE) {
            throw ParleyException.invalid("title", "A title has 1 to " + LONGEST_TITLE + " characters.");
        }
        return title;
    }
}
