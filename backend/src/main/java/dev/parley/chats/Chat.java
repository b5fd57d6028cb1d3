package dev.parley.chats;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A chat, as its owner sees it.
///
/// @param title null until it is given one
/// @param activeAt when it was last asked or answered something, which is its place in the list
/// @param currentMessageId the leaf of the branch that is shown; null while there is no message
/// @param messageCount of the whole tree
public record Chat(
        UUID id,
        @Nullable String title,
        Instant createdAt,
        Instant updatedAt,
        Instant activeAt,
        boolean isArchived,
        boolean isPinned,
        boolean isTemporary,
        ChatSettings settings,
        @Nullable UUID currentMessageId,
        int messageCount) {}
