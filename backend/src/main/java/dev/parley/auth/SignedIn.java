package dev.parley.auth;

import dev.parley.web.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/// A request that brought a good access token.
final class SignedIn extends AbstractAuthenticationToken {
    private final transient Caller caller;
    private final boolean byCookie;
    private final long since;

    /// @param byCookie whether the browser added the token by itself, perhaps for somebody else's page
    SignedIn(Caller caller, boolean byCookie) {
        this(caller, byCookie, System.nanoTime());
    }

    /// @param since when this was found out, as [System#nanoTime] tells it
    SignedIn(Caller caller, boolean byCookie, long since) {
        super(List.of());
        this.caller = caller;
        this.byCookie = byCookie;
        this.since = since;
        setAuthenticated(true);
    }

    boolean byCookie() {
        return byCookie;
    }

    /// How long ago this was found out.
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - since);
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
