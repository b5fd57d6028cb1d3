package dev.parley.answers;

import dev.parley.chats.Message;
import dev.parley.models.Piece;
import dev.parley.shared.ErrorCode;

/// How a run ended. Each has its own consequence for the message, so it is a type and not a flag.
sealed interface Outcome {
    record Completed(Piece.End end) implements Outcome {}

    record Stopped() implements Outcome {}

    record Failed(ErrorCode code, String sentence) implements Outcome {}

    /// The node that wrote it died or stopped.
    record Interrupted() implements Outcome {}

    default Message.Status status() {
        return switch (this) {
            case Completed _ -> Message.Status.COMPLETE;
            case Stopped _ -> Message.Status.STOPPED;
            case Failed _ -> Message.Status.FAILED;
            case Interrupted _ -> Message.Status.INTERRUPTED;
        };
    }
}
