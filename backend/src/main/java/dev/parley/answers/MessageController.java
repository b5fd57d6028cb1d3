package dev.parley.answers;

import dev.parley.answers.Answers.Started;
import dev.parley.answers.Answers.Wish;
import dev.parley.chats.Message;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.web.Caller;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Questions in, answers out: as a stream of events, or as JSON when the answer is there.
@RestController
@RequestMapping("/api/v1/chats/{chatId}/messages")
@Tag(name = "Messages")
class MessageController {
    /// No model takes longer; the answer itself goes on.
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final Answers answers;
    private final Listeners listeners;

    MessageController(Answers answers, Listeners listeners) {
        this.answers = answers;
        this.listeners = listeners;
    }

    record Regenerate(
            @Nullable String model,

            @Nullable
            @DecimalMin(value = "0", message = "The temperature is from 0 to 2.")
            @DecimalMax(value = "2", message = "The temperature is from 0 to 2.")
            Double temperature,

            @Nullable UUID clientId) {
        private static final Regenerate AS_BEFORE = new Regenerate(null, null, null);

        Wish wish() {
            return new Wish(model, temperature, null);
        }
    }

    record Exchange(Message userMessage, Message assistantMessage) {}

    @PostMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Sends a message; answers when the answer is complete, or as a stream of events")
    ResponseEntity<Envelope<Exchange>> send(
            @CurrentUser Caller caller, @PathVariable UUID chatId, @Valid @RequestBody SendMessage body) {
        return complete(ask(caller, chatId, body));
    }

    @PostMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void sendAndFollow(
            @CurrentUser Caller caller,
            @PathVariable UUID chatId,
            @Valid @RequestBody SendMessage body,
            HttpServletResponse response) {
        listeners.tell(caller, ask(caller, chatId, body).log(), 0, response);
    }

    @PostMapping(value = "/{id}/regenerate", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Another answer to the same question; as JSON or as a stream, like a sent message")
    ResponseEntity<Envelope<Exchange>> regenerate(
            @CurrentUser Caller caller,
            @PathVariable UUID chatId,
            @PathVariable UUID id,
            @Valid @RequestBody(required = false) @Nullable Regenerate body) {
        return complete(askAgain(caller, chatId, id, body));
    }

    @PostMapping(value = "/{id}/regenerate", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void regenerateAndFollow(
            @CurrentUser Caller caller,
            @PathVariable UUID chatId,
            @PathVariable UUID id,
            @Valid @RequestBody(required = false) @Nullable Regenerate body,
            HttpServletResponse response) {
        listeners.tell(caller, askAgain(caller, chatId, id, body).log(), 0, response);
    }

    @GetMapping("/{id}/stream")
    @Operation(summary = "Joins an answer, from its start or after an event")
    void join(
            @CurrentUser Caller caller,
            @PathVariable UUID chatId,
            @PathVariable UUID id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable Long lastEventId,
            @RequestParam(required = false) @Nullable Long after,
            HttpServletResponse response) {
        Long sent = lastEventId == null ? after : lastEventId;
        long seen = sent == null ? 0 : sent;
        if (seen < 0) {
            throw new ParleyException(CommonError.MALFORMED_REQUEST, "An event's id is not negative.");
        }
        listeners.tell(caller, answers.join(caller.user(), chatId, id, seen), seen, response);
    }

    @PostMapping("/{id}/stop")
    @Operation(summary = "Stops an answer and keeps what there is of it")
    Envelope<Message> stop(@CurrentUser Caller caller, @PathVariable UUID chatId, @PathVariable UUID id) {
        return Envelope.ok(answers.stop(caller.user(), chatId, id));
    }

    @DeleteMapping("/{id}")
    @Operation(summary = "Deletes a message and all under it")
    Envelope<@Nullable Void> delete(@CurrentUser Caller caller, @PathVariable UUID chatId, @PathVariable UUID id) {
        answers.delete(caller.user(), chatId, id);
        return Envelope.done("The message is deleted.");
    }

    private Started ask(Caller caller, UUID chatId, SendMessage body) {
        return answers.ask(caller.user(), chatId, body);
    }

    private Started askAgain(Caller caller, UUID chatId, UUID id, @Nullable Regenerate body) {
        Regenerate wanted = body == null ? Regenerate.AS_BEFORE : body;
        return answers.askAgain(caller.user(), chatId, id, wanted.clientId(), wanted.wish());
    }

    private ResponseEntity<Envelope<Exchange>> complete(Started started) {
        AnswerLog log = started.log();
        return switch (end(log)) {
            case Event.Done(var answer) ->
                ResponseEntity.status(started.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                        .body(Envelope.ok(new Exchange(log.question(), answer)));
            case Event.Failed(var code, var sentence, var _) ->
                throw new ParleyException(Told.code(code), sentence, ids(log));
            case Event.Start _, Event.Delta _, Event.Reset _ ->
                throw new IllegalStateException("This is no end of an answer");
        };
    }

    private Event end(AnswerLog log) {
        try {
            Event end = listeners.awaitEnd(log, PATIENCE);
            if (end != null) {
                return end;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ParleyException(
                CommonError.SERVICE_UNAVAILABLE, "The answer is still being written. Join its stream.", ids(log));
    }

    private static Map<String, UUID> ids(AnswerLog log) {
        return Map.of(
                "user_message_id", log.question().id(),
                "assistant_message_id", log.answer().id());
    }
}
