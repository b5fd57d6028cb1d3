package dev.parley.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;

/// How long requests took, by their route and never by their address, which names people's things. Streams are left
/// out: they last as long as somebody listens.
class RequestMeters extends OncePerRequestFilter implements MeterBinder {
    private static final String STREAM = "text/event-stream";

    private volatile @Nullable MeterRegistry registry;

    @Override
    public void bindTo(MeterRegistry measured) {
        registry = measured;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long begin = System.nanoTime();
        try {
            chain.doFilter(request, response);
        } finally {
            record(request, response, System.nanoTime() - begin);
        }
    }

    private void record(HttpServletRequest request, HttpServletResponse response, long nanos) {
        MeterRegistry told = registry;
        if (told == null || String.valueOf(response.getContentType()).startsWith(STREAM)) {
            return;
        }
        Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        Timer.builder("parley.http.requests")
                .description("Requests by their route; streams are left out")
                .tag("route", Objects.toString(route, "none"))
                .tag("method", known(request.getMethod()))
                .tag("status", Integer.toString(response.getStatus()))
                .serviceLevelObjectives(Duration.ofMillis(10), Duration.ofMillis(100), Duration.ofSeconds(1))
                .register(told)
                .record(Duration.ofNanos(nanos));
    }

    /// Anybody may write any word there.
    private static String known(String method) {
        return switch (method) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> method;
            default -> "other";
        };
    }
}
