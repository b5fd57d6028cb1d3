package dev.parley.auth;

import dev.parley.web.Scope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A key as its owner sees it.
///
/// @param prefix how it begins, so that a person can tell which one a program has
/// @param expiresAt null: never
/// @param lastUsedAt to the minute
record ApiKey(
        UUID id,
        String name,
        String prefix,
        List<Scope> scopes,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {}
