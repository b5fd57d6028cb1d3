package dev.parley.chats;

import dev.parley.shared.CommonError;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/chats/{chatId}")
@Tag(name = "Messages")
class MessageHistoryController {
    private final History history;
    private final Conversation conversation;

    MessageHistoryController(History history, Conversation conversation) {
        this.history = history;
        this.conversation = conversation;
    }

    record ShowBranch(
            @NotNull(message = "Name a message of the branch.")
            UUID messageId) {}

    record Rate(
            Message.@Nullable Rating rating,

            @Nullable @Size(max = 2000, message = "A comment has at most 2,000 characters.")
            String comment) {}

    @GetMapping("/messages")
    @Operation(summary = "The messages of the branch that is shown, oldest first; the first page is the newest")
    Envelope<Stretch> list(
            @CurrentUser UserId caller,
            @PathVariable UUID chatId,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable UUID around,
            @RequestParam(required = false) @Nullable String branch) {
        PageRequest request = new PageRequest(limit, cursor);
        if (branch != null && !branch.equals("all")) {
            throw new ParleyException(CommonError.MALFORMED_REQUEST, "branch is \"all\" or absent.");
        }
        if (branch != null) {
            return Envelope.ok(history.tree(caller, chatId, request));
        }
        if (around != null && request.cursor() == null) {
            return Envelope.ok(history.around(caller, chatId, around, limit));
        }
        return Envelope.ok(history.branch(caller, chatId, request));
    }

    @PutMapping("/current")
    @Operation(summary = "Shows the branch through a message, down to its newest leaf")
    Envelope<Chat> show(@CurrentUser UserId caller, @PathVariable UUID chatId, @Valid @RequestBody ShowBranch body) {
        return Envelope.ok(conversation.show(caller, chatId, body.messageId()));
    }

    @PutMapping("/messages/{id}/feedback")
    @Operation(summary = "What the person thinks of an answer; null takes it back")
    Envelope<Message> rate(
            @CurrentUser UserId caller,
            @PathVariable UUID chatId,
            @PathVariable UUID id,
            @Valid @RequestBody Rate body) {
        return Envelope.ok(conversation.rate(caller, chatId, id, body.rating(), body.comment()));
    }
}
