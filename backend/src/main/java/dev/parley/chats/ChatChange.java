package dev.parley.chats;

import org.jspecify.annotations.Nullable;

/// What is to become different about a chat.
///
/// @param retitle whether `title`, perhaps null, is the new one
/// @param archived null: as it is
/// @param pinned null: as it is
/// @param settings JSON of settings: all of them with `replaceSettings`, otherwise those to be changed, null to remove
record ChatChange(
        boolean retitle,
        @Nullable String title,
        @Nullable Boolean archived,
        @Nullable Boolean pinned,
        boolean replaceSettings,
        String settings) {}
