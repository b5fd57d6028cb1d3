package dev.parley.auth;

import dev.parley.cluster.RateLimit;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.web.Caller;
import dev.parley.web.ErrorWriter;
import dev.parley.web.Requests;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.springframework.web.filter.OncePerRequestFilter;

/// How often one may ask, so that nobody keeps the others waiting: a person, however many devices and keys, or an
/// address where nobody is signed in. Far more than a page or an honest program needs. Each node counts for itself,
/// because asking Redis would cost more than most requests do.
final class RequestLimitFilter extends OncePerRequestFilter {
    static final int PER_MINUTE = 6_000;

    private final RateLimit ofPerson;
    private final RateLimit ofAddress;
    private final ErrorWriter errors;

    RequestLimitFilter(RateLimit ofPerson, RateLimit ofAddress, ErrorWriter errors) {
        this.ofPerson = ofPerson;
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
        Caller caller = Requests.caller();
        Duration wait = caller == null
                ? ofAddress.take(SignInLimits.network(request.getRemoteAddr()))
                : ofPerson.take(caller.user().toString());
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
}
