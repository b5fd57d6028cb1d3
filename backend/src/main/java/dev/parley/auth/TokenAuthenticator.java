package dev.parley.auth;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.web.Authenticator;
import dev.parley.web.Caller;
import dev.parley.web.Scope;

/// An access token is as good as its signature, its time, and its session; an API key is as good as its row.
final class TokenAuthenticator implements Authenticator {
    private final AccessTokens tokens;
    private final Revocations revocations;
    private final Sessions sessions;
    private final ApiKeys keys;

    TokenAuthenticator(AccessTokens tokens, Revocations revocations, Sessions sessions, ApiKeys keys) {
        this.tokens = tokens;
        this.revocations = revocations;
        this.sessions = sessions;
        this.keys = keys;
    }

    @Override
    public Caller authenticate(String credential) {
        if (KeySecret.isMeant(credential)) {
            return keys.authenticate(new KeySecret(credential));
        }
        return switch (tokens.read(credential)) {
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

    @Override
    public boolean isBack(Caller caller) {
        return keys.isBack(caller.sessionId());
    }

    @Override
    public void requireStillIn(Caller caller) {
        if (caller.may(Scope.ACCOUNT)) {
            sessions.requireOpen(caller);
        } else if (!keys.isBack(caller.sessionId())) {
            throw ApiKeys.unknown();
        }
    }

    static ParleyException revoked() {
        return new ParleyException(AuthError.TOKEN_REVOKED, "This session has ended. Sign in again.");
    }
}
