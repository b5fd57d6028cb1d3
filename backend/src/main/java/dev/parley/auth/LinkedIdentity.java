package dev.parley.auth;

import java.time.Instant;
import java.util.UUID;

/// Who somebody is at a provider, with which they sign in to their account here.
record LinkedIdentity(UUID id, String issuer, String email, Instant createdAt, Instant lastUsedAt) {}
