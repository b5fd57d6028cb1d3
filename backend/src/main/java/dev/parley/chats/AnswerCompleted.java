package dev.parley.chats;

import dev.parley.shared.UserId;
import java.util.UUID;

/// An answer has got its final text and status. Published inside the transaction that stores them, so that what a
/// listener enqueues is enqueued exactly if the answer is stored.
///
/// @param chatHasTitle whether somebody named the chat already
public record AnswerCompleted(UserId owner, UUID chatId, Message answer, boolean chatHasTitle, boolean temporary) {}
