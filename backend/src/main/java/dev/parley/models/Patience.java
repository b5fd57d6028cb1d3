package dev.parley.models;

import java.time.Duration;

/// How long a provider is waited for.
///
/// @param connect for the connection alone, TLS included
/// @param firstByte from the question to the first sign of an answer
/// @param idle how long an answer that has begun may be silent
/// @param retries how long, over all tries of a question, to wait for a provider that says it is too busy
record Patience(Duration connect, Duration firstByte, Duration idle, Duration retries) {}
