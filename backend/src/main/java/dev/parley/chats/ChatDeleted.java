package dev.parley.chats;

import dev.parley.shared.UserId;
import java.util.UUID;

/// A chat is gone from its owner's sight. Published inside the transaction that hides it.
public record ChatDeleted(UserId owner, UUID chatId) {}
