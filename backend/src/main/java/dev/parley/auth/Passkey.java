package dev.parley.auth;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that its owner signs in with, as they are shown it.
///
/// @param isCopied whether it is on several devices of theirs, as of an account with their maker
record Passkey(
        UUID id,
        String name,
        boolean isCopied,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {}
