package dev.parley.web;

/// Tells whose an access token is, for connections that bring theirs otherwise than in a request's header.
public interface Authenticator {
    /// @throws ParleyException UNAUTHENTICATED, TOKEN_EXPIRED, TOKEN_REVOKED
    Caller authenticate(String accessToken);

    /// Whether somebody who has ended, as [SessionEnded] told, would be let in again: a session never, a key with its
    /// account.
    boolean isBack(Caller caller);

    /// Asks the database, for a request that may have been under way for long after it was let in.
    ///
    /// @throws ParleyException TOKEN_REVOKED, UNAUTHENTICATED
    void requireStillIn(Caller caller);
}
