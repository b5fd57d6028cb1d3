package dev.parley.live;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.shared.Word;
import dev.parley.web.BadInput;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads what clients say.
@Component
class Incoming {
    private final JsonMapper json;
    private final Validator validator;

    Incoming(JsonMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    record Auth(@NotNull(message = "Send an access token.") String token) {}

    /// @param messageId an answer that the client has seen a part of
    /// @param after the last event of it that the client saw
    record Subscribe(
            @NotNull(message = "Name a chat.") UUID chatId,
            @Nullable UUID messageId,

            @Nullable @PositiveOrZero(message = "An event's id is not negative.")
            Long after) {}

    record InChat(@NotNull(message = "Name a chat.") UUID chatId) {}

    record Stop(@NotNull(message = "Name an answer.") UUID messageId) {}

    /// @throws ParleyException MALFORMED_REQUEST
    ObjectNode parse(String frame) {
        try {
            if (json.readTree(frame) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw malformed("A frame is one JSON object.");
        }
        throw malformed("A frame is one JSON object.");
    }

    /// What a client may ask for.
    enum Ask implements Word {
        SUBSCRIBE,
        UNSUBSCRIBE,
        SEND,
        STOP,
        TYPING,
        PING,
        AUTH
    }

    /// @throws ParleyException MALFORMED_REQUEST
    static Ask ask(ObjectNode frame) {
        return Word.find(Ask.class, type(frame)).orElseThrow(() -> malformed("There is no such type of frame."));
    }

    static String type(ObjectNode frame) {
        return frame.path("type").asString("");
    }

    /// @throws ParleyException VALIDATION_ERROR
    <T> T read(ObjectNode frame, Class<T> type) {
        T read;
        try {
            read = json.treeToValue(frame, type);
        } catch (JacksonException e) {
            throw BadInput.unreadable(e);
        }
        Set<ConstraintViolation<T>> violations = validator.validate(read);
        if (!violations.isEmpty()) {
            throw BadInput.violated(violations);
        }
        return read;
    }

    static ParleyException malformed(String sentence) {
        return new ParleyException(CommonError.MALFORMED_REQUEST, sentence);
    }
}
