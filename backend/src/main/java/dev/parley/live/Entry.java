package dev.parley.live;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.web.Caller;
import dev.parley.web.Scope;

/// With what a connection comes in.
sealed interface Entry {
    record SignedIn(Caller caller) implements Entry {}

    /// It has brought something that does not count.
    record Refused(ParleyException refusal) implements Entry {}

    /// It has to say who it is.
    record Unknown() implements Entry {}

    /// Chats are all that is told and asked here.
    static Entry of(Caller caller) {
        return caller.may(Scope.CHATS)
                ? new SignedIn(caller)
                : new Refused(new ParleyException(CommonError.FORBIDDEN, "This API key was not made for chats."));
    }
}
