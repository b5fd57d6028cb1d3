package dev.parley.models;

import dev.parley.models.Piece.Usage;
import dev.parley.shared.Letters;
import dev.parley.shared.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

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
        Span span = Tracing.begin("chat " + model)
                .setAttribute("gen_ai.operation.name", "chat")
                .setAttribute("gen_ai.provider.name", provider)
                .setAttribute("gen_ai.request.model", model);
        return new Traced(completion, span);
    }

    private static final class Traced implements Completion {
        private final Completion completion;
        private final Span span;
        private final AtomicBoolean over = new AtomicBoolean();
        private boolean begun;

        Traced(Completion completion, Span span) {
            this.completion = completion;
            this.span = span;
        }

        @Override
        public Piece next() {
            try {
                Piece piece = completion.next();
                if (!begun) {
                    begun = true;
                    span.addEvent("first piece");
                }
                if (piece instanceof Piece.End(var reason, var usage)) {
                    tell(usage);
                    span.setAttribute(FINISH_REASONS, List.of(reason.name()));
                    end();
                }
                return piece;
            } catch (ProviderException e) {
                if (!over.get()) {
                    span.setStatus(StatusCode.ERROR)
                            .setAttribute("error.type", Letters.lower(e.code().name()));
                }
                end();
                throw e;
            }
        }

        private void tell(Usage usage) {
            span.setAttribute("gen_ai.usage.input_tokens", usage.promptTokens())
                    .setAttribute("gen_ai.usage.output_tokens", usage.completionTokens());
        }

        private void end() {
            if (over.compareAndSet(false, true)) {
                span.end();
            }
        }

        @Override
        public boolean ready() {
            return completion.ready();
        }

        @Override
        public @Nullable Fallback fallback() {
            return completion.fallback();
        }

        @Override
        public void close() {
            end();
            completion.close();
        }
    }
}
