package dev.parley.answers;

import dev.parley.chats.Message;
import dev.parley.chats.Message.Failure;
import dev.parley.models.ModelError;
import dev.parley.shared.CommonError;
import dev.parley.shared.ErrorCode;
import java.util.stream.Stream;

/// A stored answer, told as its events.
final class Told {
    static final String INTERRUPTED = "The server stopped while this was written. What had come is kept.";

    private Told() {}

    /// The last event of an answer that is stored.
    static Event end(Message message) {
        Failure failure = message.metadata().error();
        return switch (message.status()) {
            case COMPLETE, STOPPED -> new Event.Done(message);
            case FAILED, INTERRUPTED, STREAMING ->
                failure == null
                        ? new Event.Failed(AnswerError.ANSWER_INTERRUPTED.name(), INTERRUPTED, message.id())
                        : new Event.Failed(failure.code(), failure.message(), message.id());
        };
    }

    /// The code of a stored failure: what has no code of ours any more counts as the provider's.
    static ErrorCode code(String name) {
        return Stream.<ErrorCode[]>of(ModelError.values(), AnswerError.values(), CommonError.values())
                .flatMap(Stream::of)
                .filter(code -> code.name().equals(name))
                .findFirst()
                .orElse(ModelError.AI_PROVIDER_ERROR);
    }

    /// An answer as it was when it began: its text follows as events.
    static Message unwritten(Message answer) {
        return new Message(
                answer.id(),
                answer.chatId(),
                answer.parentId(),
                answer.clientId(),
                answer.role(),
                "",
                Message.Status.STREAMING,
                answer.timestamp(),
                answer.metadata().model() == null
                        ? Message.Metadata.NONE
                        : Message.Metadata.of(answer.metadata().model()),
                answer.feedback(),
                answer.siblings());
    }
}
