package dev.parley.answers;

import dev.parley.answers.Event.Kind;
import dev.parley.chats.Message;
import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import java.time.Instant;
import java.util.List;

/// An answer that a test writes, for listeners in other modules.
public final class AnswersForTests {
    public final AnswerBegun begun = new AnswerBegun(new UserId(Ids.next()), Ids.next(), Ids.next());
    public final AnswerLog log = AnswerLog.ofWriter(message(Message.Role.USER), message(Message.Role.ASSISTANT), 0);

    public void write(String text) {
        log.append(Kind.TEXT, text);
    }

    public void end() {
        log.end(new Event.Done(log.answer()));
    }

    public void takeOver() {
        log.restart(log.epoch() + 1);
    }

    private Message message(Message.Role role) {
        return new Message(
                begun.messageId(),
                begun.chatId(),
                null,
                null,
                role,
                "",
                Message.Status.STREAMING,
                Instant.EPOCH,
                Message.Metadata.NONE,
                null,
                List.of());
    }
}
