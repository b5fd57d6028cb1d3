package dev.parley.traces;

import dev.parley.shared.Tracing;
import dev.parley.web.Requests;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/// Begins a trace with each request to the API. It is named by its route, and never by its address, which may tell what
/// somebody searches.
class RequestSpans extends OncePerRequestFilter {
    private static final int FAILURES = 500;

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = Requests.path(request);
        return !path.startsWith("/api/") && !path.startsWith("/v1/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Span span = Tracing.begin("request").setAttribute("parley.request.id", Requests.id(request));
        try (Tracing.Work _ = Tracing.at(span)) {
            try {
                chain.doFilter(request, response);
            } finally {
                tell(span, request, response);
            }
        }
    }

    private static void tell(Span span, HttpServletRequest request, HttpServletResponse response) {
        if (request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String route) {
            span.updateName(request.getMethod() + " " + route)
                    .setAttribute("http.request.method", request.getMethod())
                    .setAttribute("http.route", route);
        }
        span.setAttribute("http.response.status_code", response.getStatus());
        if (response.getStatus() >= FAILURES) {
            span.setStatus(StatusCode.ERROR);
        }
    }
}
