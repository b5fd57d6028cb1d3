package dev.parley.chats;

import dev.parley.shared.UserId;
import java.util.UUID;

/// An answer has got its final text and status. Published inside the transaction that stores them, so that what a
/// listener enqueues is enqueued exactly if the answer is stored.
///
/// @param chatHasTitle whether somebody named the chat already
/// @param remembered whether the chat is one that may be remembered; a temporary one never is
public record AnswerCompleted(
        UserId owner, UUID chatId, Message answer, boolean chatHasTitle, boolean temporary, boolean remembered) {}
