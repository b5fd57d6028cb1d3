package dev.parley.web;

import java.util.UUID;

/// A session has ended, here or on another node: whatever is open in its name closes. Published on every node within a
/// second, once, outside any transaction.
public record SessionEnded(UUID sessionId) {}
