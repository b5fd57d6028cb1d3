package dev.parley.chats;

import dev.parley.shared.UserId;
import java.util.UUID;

/// A chat, or what it holds, is not what it was. Published inside the transaction that changes it; of its going tells
/// [ChatDeleted].
///
/// @param isNew whether it was not in its owner's sight before
public record ChatChanged(UserId owner, UUID chatId, boolean isNew) {}
