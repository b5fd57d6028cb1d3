package dev.parley.chats;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A page of a chat's messages, oldest first.
///
/// @param nextCursor leads to older ones
/// @param prevCursor leads to newer ones
/// @param leafId what the branch of this page ends in; null for an empty chat and for the whole tree
public record Stretch(
        List<Message> items,
        @Nullable String nextCursor,
        @Nullable String prevCursor,
        @Nullable UUID leafId) {
    static final Stretch EMPTY = new Stretch(List.of(), null, null, null);
}
