package dev.parley.chats;

import dev.parley.shared.UserId;
import java.util.Map;
import java.util.UUID;

/// A branch has been copied into a chat of its own. Published inside the transaction that does so.
///
/// @param copies of each message of the branch its copy, root first
public record ChatForked(UserId owner, UUID chatId, Map<UUID, UUID> copies) {}
