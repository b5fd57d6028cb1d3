package dev.parley.auth;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.web.Authenticator;
import dev.parley.web.Caller;

/// An access token is as good as its signature, its time, and its session.
final class TokenAuthenticator implements Authenticator {
    private final AccessTokens tokens;
    private final Revocations revocations;

    TokenAuthenticator(AccessTokens tokens, Revocations revocations) {
        this.tokens = tokens;
        this.revocations = revocations;
    }

    @Override
    public Caller authenticate(String accessToken) {
        return switch (tokens.read(accessToken)) {
            case AccessTokens.Verdict.Valid(Caller caller) -> {
                if (revocations.isEnded(caller.sessionId())) {
                    throw revoked();
                }
                yield caller;
            }
            case AccessTokens.Verdict.Expired() ->
                throw new ParleyException(AuthError.TOKEN_EXPIRED, "The access token has expired. Refresh it.");
            case AccessTokens.Verdict.Invalid() ->
                throw new ParleyException(CommonError.UNAUTHENTICATED, "This access token is not one of ours.");
        };
    }

    static ParleyException revoked() {
        return new ParleyException(AuthError.TOKEN_REVOKED, "This session has ended. Sign in again.");
    }
}
