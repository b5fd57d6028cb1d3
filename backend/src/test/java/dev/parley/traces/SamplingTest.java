package dev.parley.traces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.shared.Tracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/// Nobody but the operator decides how much is traced, and of whose trace a request is a part.
class SamplingTest {
    /// The first of all ids: whichever the share, one that goes by the id takes it.
    private static final String LUCKY = "00000000000000010000000000000000";
    private static final String SPAN = "00f067aa0ba902b7";

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.6, true, DROP",
        "0.5, 0.4, true, RECORD_AND_SAMPLE",
        "0.0, 0.0, true, DROP",
        "1.0, 0.9, true, RECORD_AND_SAMPLE",
        "1.0, 0.0, false, DROP"
    })
    void ofOthersTracesTheOperatorsShareIsSent(double share, double lot, boolean sampled, SamplingDecision decision) {
        Sampler sampler = TraceExport.sampler(share, () -> lot);
        Context parent = Context.root()
                .with(Span.wrap(SpanContext.createFromRemoteParent(
                        LUCKY,
                        SPAN,
                        sampled ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                        TraceState.getDefault())));

        assertThat(sampler.shouldSample(parent, LUCKY, "a", SpanKind.SERVER, Attributes.empty(), List.of())
                        .getDecision())
                .isEqualTo(decision);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStrangerBelongsToNoTraceOfOthers(boolean goesOn) throws ServletException, IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/v1/chats");
        request.addHeader("traceparent", "00-" + LUCKY + "-" + SPAN + "-01");
        List<String> seen = new ArrayList<>();
        try (SdkTracerProvider provider = SdkTracerProvider.builder().build()) {
            Tracing.by(provider.get("test"));
            new RequestSpans(goesOn)
                    .doFilter(request, new MockHttpServletResponse(), (_, _) -> seen.add(Tracing.parent() + ""));
        } finally {
            Tracing.by(null);
        }
        assertThat(seen).hasSize(1).allMatch(parent -> parent.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[13]"));
        assertThat(seen.toString()).doesNotContain(LUCKY);
    }

    @Test
    void whatIsNotTracedIsToldToNobody() {
        assertThat(Tracing.parent()).isNull();
    }
}
