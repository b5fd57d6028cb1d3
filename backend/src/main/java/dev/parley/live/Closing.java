package dev.parley.live;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;

/// Why a connection is closed: a code for programs, words for people.
record Closing(int code, String reason) {
    static final Closing GOING_AWAY = new Closing(1001, "The server is stopping.");
    static final Closing NO_BINARY = new Closing(1003, "Send text frames of JSON.");
    static final Closing TOO_SLOW = new Closing(4408, "What was sent was not read in time. Connect again.");
    static final Closing TOO_MANY = new Closing(4429, "This account has too many connections.");
    static final Closing NOT_AUTHENTICATED = new Closing(4401, "UNAUTHENTICATED");
    static final Closing SESSION_ENDED = new Closing(4401, "TOKEN_REVOKED");

    /// For who could not be let in.
    static Closing refused(ParleyException refusal) {
        return refusal.code() == CommonError.SERVICE_UNAVAILABLE
                ? new Closing(1013, refusal.sentence())
                : new Closing(4401, refusal.code().name());
    }
}
