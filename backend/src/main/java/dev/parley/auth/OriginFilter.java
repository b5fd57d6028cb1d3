package dev.parley.auth;

import dev.parley.web.ErrorWriter;
import dev.parley.web.Requests;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Stands between a cookie and what it could be abused for.
final class OriginFilter extends OncePerRequestFilter {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final String SIGN_IN = "/api/v1/auth/";
    // These look at the origin themselves: the cookie that counts there, if any, is another one.
    private static final Set<String> CHECKED_BY_CONTROLLER = Set.of(
            SIGN_IN + "register",
            SIGN_IN + "login",
            SIGN_IN + "login/second-factor",
            SIGN_IN + "refresh",
            SIGN_IN + "logout");

    private final OriginRule origins;
    private final ErrorWriter errors;

    OriginFilter(OriginRule origins, ErrorWriter errors) {
        this.origins = origins;
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn
                && signedIn.byCookie()
                && !origins.isTrusted(request)) {
            if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
                // Nothing protects a socket once it is open: such a one has to bring a token of its own.
                SecurityContextHolder.clearContext();
                Requests.refuse(request, OriginRule.foreignSocket());
            } else if (!SAFE.contains(request.getMethod()) && !CHECKED_BY_CONTROLLER.contains(Requests.path(request))) {
                errors.write(request, response, OriginRule.rejected());
                return;
            }
        }
        chain.doFilter(request, response);
    }
}
