package dev.parley.imports;

import dev.parley.shared.UserId;

/// Chats from elsewhere are there now, of which their owner wants to be reminded in others. Published outside any
/// transaction, perhaps twice.
public record ChatsImported(UserId owner) {}
