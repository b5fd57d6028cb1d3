package dev.parley.auth;

import java.time.Instant;
import java.util.UUID;

/// A signed-in device.
record Session(UUID id, Instant createdAt, Instant lastUsedAt, String ip, String userAgent) {}
