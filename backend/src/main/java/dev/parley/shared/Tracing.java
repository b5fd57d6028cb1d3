package dev.parley.shared;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// Where the parts of a trace are begun: a request, its answer, what the provider and the database do for it. Nothing
/// is, and nothing is loaded, unless the operator has traces sent somewhere. What people write is in none.
public final class Tracing {
    private static final String IN_LOG = "trace_id";

    private static volatile @Nullable Tracer tracer;

    private Tracing() {}

    /// Whoever traces says so once, for the whole process; null: nobody any more.
    public static void by(@Nullable Tracer traces) {
        tracer = traces;
    }

    public static boolean isOn() {
        return tracer != null;
    }

    /// A part of what the thread is doing; of nothing, if it does nothing that is traced.
    public static Span begin(String name) {
        Tracer traces = tracer;
        return traces == null ? Span.getInvalid() : traces.spanBuilder(name).startSpan();
    }

    /// @param kind on which side of a call to another server it is
    public static Span begin(String name, SpanKind kind) {
        Tracer traces = tracer;
        return traces == null
                ? Span.getInvalid()
                : traces.spanBuilder(name).setSpanKind(kind).startSpan();
    }

    /// By which another server joins what the thread is doing, in the form of W3C's `traceparent`; null where that is
    /// nothing that is traced.
    public static @Nullable String parent() {
        if (!isOn()) {
            return null;
        }
        SpanContext here = Span.current().getSpanContext();
        return here.isValid()
                ? "00-" + here.getTraceId() + "-" + here.getSpanId() + "-"
                        + here.getTraceFlags().asHex()
                : null;
    }

    /// A span that the thread works at: what it begins meanwhile is a part of it, and the log tells the trace's id.
    public interface Work extends AutoCloseable {
        /// Ends the span too.
        @Override
        void close();
    }

    @SuppressWarnings("MustBeClosedChecker") // it is, with the work
    public static Work at(Span span) {
        if (!span.getSpanContext().isValid()) {
            return () -> {};
        }
        String before = MDC.get(IN_LOG);
        Scope scope = span.makeCurrent();
        MDC.put(IN_LOG, span.getSpanContext().getTraceId());
        return () -> {
            span.end();
            scope.close();
            if (before == null) {
                MDC.remove(IN_LOG);
            } else {
                MDC.put(IN_LOG, before);
            }
        };
    }
}
