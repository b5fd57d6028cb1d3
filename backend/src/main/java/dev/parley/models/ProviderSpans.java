package dev.parley.models;

import dev.parley.shared.Letters;
import dev.parley.shared.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import java.util.List;

/// What a provider takes for an answer, as a trace shows it, by the names that OpenTelemetry has for it: from the
/// question to the last piece, with the moment of the first.
final class ProviderSpans {
    private static final AttributeKey<List<String>> FINISH_REASONS =
            AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");

    private ProviderSpans() {}

    static Completion around(String provider, String model, Completion completion) {
        if (!Tracing.isOn()) {
            return completion;
        }
        Span span = Tracing.begin("chat " + model, SpanKind.CLIENT)
                .setAttribute("gen_ai.operation.name", "chat")
                .setAttribute("gen_ai.provider.name", provider)
                .setAttribute("gen_ai.request.model", model);
        return new Traced(completion, span);
    }

    private static final class Traced extends ObservedCompletion {
        private final Span span;

        Traced(Completion completion, Span span) {
            super(completion);
            this.span = span;
        }

        /// What is asked meanwhile is asked for this.
        @Override
        public Piece next() {
            try (Scope _ = span.makeCurrent()) {
                return super.next();
            }
        }

        @Override
        void began() {
            span.addEvent("first piece");
        }

        @Override
        void ended(Piece.End end) {
            span.setAttribute("gen_ai.usage.input_tokens", end.usage().promptTokens())
                    .setAttribute("gen_ai.usage.output_tokens", end.usage().completionTokens())
                    .setAttribute(FINISH_REASONS, List.of(end.reason().name()));
            span.end();
        }

        @Override
        void failed(ProviderException failure) {
            span.setStatus(StatusCode.ERROR)
                    .setAttribute("error.type", Letters.lower(failure.code().name()));
            span.end();
        }

        /// One that has ended already stays as it ended.
        @Override
        public void close() {
            super.close();
            span.end();
        }
    }
}
