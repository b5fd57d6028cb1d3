package dev.parley.users;

import dev.parley.shared.UserId;

/// Whoever is signed in as this person is to be signed out. Published in the transaction that decides it.
public record SignOutEverywhere(UserId user) {}
