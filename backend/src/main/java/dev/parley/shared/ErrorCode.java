package dev.parley.shared;

/// A failure that a client can tell from others. Each module has an enum of its own.
public interface ErrorCode {
    /// `UPPER_SNAKE`, stable: clients branch on it.
    String name();

    /// The HTTP status that goes with it.
    int status();
}
