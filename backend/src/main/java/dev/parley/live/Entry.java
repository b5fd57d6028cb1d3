package dev.parley.live;

import dev.parley.shared.ParleyException;
import dev.parley.web.Caller;

/// With what a connection comes in.
sealed interface Entry {
    record SignedIn(Caller caller) implements Entry {}

    /// It has brought something that does not count.
    record Refused(ParleyException refusal) implements Entry {}

    /// It has to say who it is.
    record Unknown() implements Entry {}
}
