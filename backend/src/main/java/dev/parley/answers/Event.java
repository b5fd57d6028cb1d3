package dev.parley.answers;

import dev.parley.chats.Message;
import java.util.UUID;

/// What listeners of an answer are told, in order.
public sealed interface Event {
    record Start(Message question, Message answer) implements Event {}

    /// More of the answer, or of the model's thinking.
    record Delta(Kind kind, String text) implements Event {}

    /// What came so far is void: the answer starts again.
    record Reset() implements Event {}

    /// The answer is stored; nothing follows.
    record Done(Message answer) implements Event {}

    /// The answer could not be finished; what there is of it is stored. Nothing follows.
    record Failed(String code, String sentence, UUID messageId) implements Event {}

    /// An event with its place in the answer.
    ///
    /// @param id `epoch · 2³² + position`: rises with each event, and means the same on every node
    record Placed(long id, Event event) {
        public boolean isLast() {
            return event instanceof Done || event instanceof Failed;
        }
    }

    /// What a stretch of an answer is.
    enum Kind {
        TEXT(0),
        REASONING(1);

        private final short code;

        Kind(int code) {
            this.code = (short) code;
        }

        /// As it stands in `answer_chunk`.
        short code() {
            return code;
        }

        static Kind of(int code) {
            return code == TEXT.code ? TEXT : REASONING;
        }
    }
}
