package dev.parley.traces;

import dev.parley.shared.Tracing;
import dev.parley.web.Requests;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/// Begins a trace with each request to the API, or goes on with that of a proxy. It is named by its route, and never by
/// its address, which may tell what somebody searches.
class RequestSpans extends OncePerRequestFilter {
    private static final int FAILURES = 500;

    private static final TextMapGetter<HttpServletRequest> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HttpServletRequest request) {
            return Collections.list(request.getHeaderNames());
        }

        @Override
        public @Nullable String get(@Nullable HttpServletRequest request, String name) {
            return request == null ? null : request.getHeader(name);
        }
    };

    private final boolean goesOn;

    /// @param goesOn whether what trusted proxies send has begun with them
    RequestSpans(boolean goesOn) {
        this.goesOn = goesOn;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = Requests.path(request);
        return !path.startsWith("/api/") && !path.startsWith("/v1/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (Scope _ = before(request).makeCurrent()) {
            Span span =
                    Tracing.begin("request", SpanKind.SERVER).setAttribute("parley.request.id", Requests.id(request));
            try (Tracing.Work _ = Tracing.at(span)) {
                try {
                    chain.doFilter(request, response);
                } finally {
                    tell(span, request, response);
                }
            }
        }
    }

    /// What the request is a part of. Whom the operator does not trust could join traces that are not theirs.
    private Context before(HttpServletRequest request) {
        return goesOn && Requests.isByProxy(request)
                ? W3CTraceContextPropagator.getInstance().extract(Context.root(), request, HEADERS)
                : Context.root();
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
