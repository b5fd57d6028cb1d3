package dev.parley.auth;

import dev.parley.cluster.RateLimit;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.web.Caller;
import dev.parley.web.ErrorWriter;
import dev.parley.web.Requests;
import dev.parley.web.Scope;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/// How often one may ask, so that nobody keeps the others waiting: a person, however many devices and keys, each key by
/// itself, or an address where nobody is signed in. Far more than a page or an honest program needs. Each node counts
/// for itself,
/// because asking Redis would cost more than most requests do.
final class RequestLimitFilter extends OncePerRequestFilter {
    static final int PER_MINUTE = 6_000;

    private final RateLimit ofPerson;
    private final @Nullable RateLimit ofKey;
    private final RateLimit ofAddress;
    private final ErrorWriter errors;

    /// @param ofKey null: as often as its owner may
    RequestLimitFilter(RateLimit ofPerson, @Nullable RateLimit ofKey, RateLimit ofAddress, ErrorWriter errors) {
        this.ofPerson = ofPerson;
        this.ofKey = ofKey;
        this.ofAddress = ofAddress;
        this.errors = errors;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = Requests.path(request);
        return !path.startsWith("/api/") && !path.startsWith("/v1/") && !path.equals("/ws");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Duration wait = take(Requests.caller(), request);
        if (wait.isPositive()) {
            errors.write(
                    request,
                    response,
                    new ParleyException(
                            CommonError.RATE_LIMITED,
                            "Too many requests. Wait a moment.",
                            Map.of("retry_after", wait.toSeconds() + 1)));
            return;
        }
        chain.doFilter(request, response);
    }

    private Duration take(@Nullable Caller caller, HttpServletRequest request) {
        if (caller == null) {
            return ofAddress.take(SignInLimits.network(request.getRemoteAddr()));
        }
        // What a key may not ask any more takes nothing from its owner.
        Duration wait = ofKey == null || caller.may(Scope.ACCOUNT)
                ? Duration.ZERO
                : ofKey.take(caller.sessionId().toString());
        return wait.isPositive() ? wait : ofPerson.take(caller.user().toString());
    }
}
