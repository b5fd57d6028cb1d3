package dev.parley.answers;

import dev.parley.chats.Message;
import dev.parley.chats.Message.Failure;
import dev.parley.models.ModelError;
import dev.parley.shared.CommonError;
import dev.parley.shared.ErrorCode;
import dev.parley.usage.UsageError;
import java.util.stream.Stream;

/// A stored answer, told as its events.
final class Told {
    static final String INTERRUPTED = "The server stopped while this was written. What had come is kept.";

    private Told() {}

    /// The log of an answer that is over. Its ids are those under which it was written, as far as they can be known:
    /// not how text and thinking took turns, and not an epoch that nobody wrote under. Who comes back from such a
    /// place is told everything again, under an epoch that is later than what they saw.
    ///
    /// @param epoch under which it ended
    static AnswerLog log(Message question, Message answer, int epoch, long after) {
        String reasoning = answer.metadata().reasoning();
        long end = ((long) epoch << 32) + answer.content().length() + 2;
        boolean known = reasoning == null && (isWhole(answer) ? after <= end : after < end);
        AnswerLog log = AnswerLog.ofWriter(question, unwritten(answer), known ? epoch : AnswerLog.AFTERWARDS);
        log.append(Event.Kind.REASONING, reasoning == null ? "" : reasoning);
        log.append(Event.Kind.TEXT, answer.content());
        log.end(end(answer));
        return log;
    }

    /// Whether nobody can have read more of it than is stored. Where a writer was lost, somebody may have read one
    /// character more, and then has the number that is the end's.
    private static boolean isWhole(Message answer) {
        return answer.status() == Message.Status.COMPLETE || answer.status() == Message.Status.FAILED;
    }

    /// The last event of an answer that is stored.
    static Event end(Message message) {
        Failure failure = message.metadata().error();
        return switch (message.status()) {
            case COMPLETE, STOPPED -> new Event.Done(message);
            case FAILED, INTERRUPTED, STREAMING ->
                failure == null
                        ? new Event.Failed(CommonError.SERVICE_UNAVAILABLE.name(), INTERRUPTED, message.id())
                        : new Event.Failed(failure.code(), failure.message(), message.id());
        };
    }

    /// The code of a stored failure: what has no code of ours any more counts as the provider's.
    static ErrorCode code(String name) {
        return Stream.<ErrorCode[]>of(ModelError.values(), CommonError.values(), UsageError.values())
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
