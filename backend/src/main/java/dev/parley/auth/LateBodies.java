package dev.parley.auth;

import dev.parley.users.Users;
import dev.parley.web.Authenticator;
import dev.parley.web.Caller;
import dev.parley.web.Requests;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Type;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdvice;

/// A request is let in by its first lines, and its body may come byte by byte for days. Whoever was signed out, or
/// dismissed, meanwhile has nothing done that they say only now. What comes at once is asked
/// nothing, unless it is for operators: who is one is asked each time.
@RestControllerAdvice
class LateBodies implements RequestBodyAdvice {
    /// As long as the end of a session may take to be known here.
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final String OPERATORS = "/api/v1/admin/";

    private final Authenticator authenticator;
    private final Revocations revocations;
    private final Users users;
    private final HttpServletRequest request;

    /// @param request whichever is at work
    LateBodies(Authenticator authenticator, Revocations revocations, Users users, HttpServletRequest request) {
        this.authenticator = authenticator;
        this.revocations = revocations;
        this.users = users;
        this.request = request;
    }

    @Override
    public boolean supports(
            MethodParameter parameter, Type target, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type target,
            Class<? extends HttpMessageConverter<?>> converter) {
        return message;
    }

    @Override
    public Object afterBodyRead(
            Object body,
            HttpInputMessage message,
            MethodParameter parameter,
            Type target,
            Class<? extends HttpMessageConverter<?>> converter) {
        requireStillIn();
        return body;
    }

    @Override
    public @Nullable Object handleEmptyBody(
            @Nullable Object body,
            HttpInputMessage message,
            MethodParameter parameter,
            Type target,
            Class<? extends HttpMessageConverter<?>> converter) {
        requireStillIn();
        return body;
    }

    /// @throws dev.parley.shared.ParleyException TOKEN_REVOKED, UNAUTHENTICATED, FORBIDDEN
    void requireStillIn() {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn) {
            Caller caller = signedIn.getPrincipal();
            boolean late = signedIn.age().compareTo(AT_ONCE) > 0;
            if (late || revocations.isEnded(caller.sessionId())) {
                authenticator.requireStillIn(caller);
            }
            if (Requests.path(request).startsWith(OPERATORS)) {
                users.requireOperator(caller.user());
            }
        }
    }
}
