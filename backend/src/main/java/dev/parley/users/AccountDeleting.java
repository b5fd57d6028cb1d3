package dev.parley.users;

import dev.parley.shared.UserId;

/// An account is about to go, in the transaction that publishes this: the last moment to do what a foreign key's
/// cascade does not.
public record AccountDeleting(UserId user) {}
