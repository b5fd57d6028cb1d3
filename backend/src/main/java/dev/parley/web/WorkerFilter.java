package dev.parley.web;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/// On a node that serves nobody: whoever looks after it may ask for its health, and there is nothing else.
class WorkerFilter extends OncePerRequestFilter {
    private static final String HEALTH = "/health";

    private final ErrorWriter errors;

    WorkerFilter(ErrorWriter errors) {
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = Requests.path(request);
        if (path.equals(HEALTH) || path.startsWith(HEALTH + "/")) {
            chain.doFilter(request, response);
            return;
        }
        errors.write(
                request,
                response,
                new ParleyException(CommonError.NOT_FOUND, "This node works in the background and serves nobody."));
    }
}
