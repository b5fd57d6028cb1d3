package dev.parley.users;

import dev.parley.shared.UserId;

/// An account may no longer sign in. Published in the transaction that decides it.
public record AccountDeactivated(UserId user) {}
