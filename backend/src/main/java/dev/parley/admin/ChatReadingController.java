package dev.parley.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.parley.chats.Chat;
import dev.parley.chats.Stretch;
import dev.parley.shared.CommonError;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.Directory;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Administration")
@RestController
@RequestMapping("/api/v1/admin")
class ChatReadingController {
    private static final String CONDITION =
            "403 unless the server was started with PARLEY_ADMIN_CHAT_ACCESS. Each call is recorded in the audit log; "
                    + "temporary and deleted chats are not found.";

    private final ChatReading reading;
    private final Directory directory;

    ChatReadingController(ChatReading reading, Directory directory) {
        this.reading = reading;
        this.directory = directory;
    }

    record ReadChat(@JsonUnwrapped Chat chat, AuditController.Named owner) {}

    @Operation(summary = "Somebody's chats, newest activity first and pinned before all", description = CONDITION)
    @GetMapping("/users/{id}/chats")
    Envelope<Page<Chat>> list(
            @CurrentUser UserId caller,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "false") boolean archived) {
        return Envelope.ok(reading.list(caller, new UserId(id), archived, new PageRequest(limit, cursor)));
    }

    @Operation(summary = "Somebody's chat, and whose it is", description = CONDITION)
    @GetMapping("/chats/{chatId}")
    Envelope<ReadChat> chat(@CurrentUser UserId caller, @PathVariable UUID chatId) {
        ChatReading.Read read = reading.chat(caller, chatId);
        UserId owner = read.owner();
        String email = directory.emails(Set.of(owner)).get(owner);
        return Envelope.ok(new ReadChat(read.chat(), new AuditController.Named(owner.value(), email)));
    }

    @Operation(
            summary = "The messages of somebody's chat, oldest first; the first page is the newest",
            description = "Of the branch that is shown; branch=all: of every one. " + CONDITION)
    @GetMapping("/chats/{chatId}/messages")
    Envelope<Stretch> messages(
            @CurrentUser UserId caller,
            @PathVariable UUID chatId,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String branch) {
        if (branch != null && !branch.equals("all")) {
            throw new ParleyException(CommonError.MALFORMED_REQUEST, "branch is \"all\" or absent.");
        }
        return Envelope.ok(reading.messages(caller, chatId, branch != null, new PageRequest(limit, cursor)));
    }
}
