package dev.parley.auth;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A signed-in device.
///
/// @param shownAt when whoever signed in showed who they are; null when their provider does not say
record Session(
        UUID id,
        Instant createdAt,
        Instant lastUsedAt,
        @Nullable Instant shownAt,
        String ip,
        String userAgent) {}
