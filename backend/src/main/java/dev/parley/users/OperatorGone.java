package dev.parley.users;

import dev.parley.shared.UserId;

/// Somebody looks after the instance no more: they were dismissed or disabled, or have deleted their account. Published
/// in the transaction that decides it.
public record OperatorGone(UserId user) {}
