package dev.parley.auth;

import dev.parley.web.Caller;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/// A request that brought a good access token.
final class SignedIn extends AbstractAuthenticationToken {
    private final transient Caller caller;
    private final boolean byCookie;

    /// @param byCookie whether the browser added the token by itself, perhaps for somebody else's page
    SignedIn(Caller caller, boolean byCookie) {
        super(List.of());
        this.caller = caller;
        this.byCookie = byCookie;
        setAuthenticated(true);
    }

    boolean byCookie() {
        return byCookie;
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return caller.user().toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignedIn that && byCookie == that.byCookie && caller.equals(that.caller);
    }

    @Override
    public int hashCode() {
        return Objects.hash(caller, byCookie);
    }
}
