package dev.parley.answers;

import dev.parley.chats.AnswerCompleted;
import dev.parley.chats.Message;
import dev.parley.shared.Letters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/// How many answers are written, how they ended, and what they took.
@Component
class AnswerMeters implements MeterBinder {
    private final RunningAnswers running;
    private volatile @Nullable MeterRegistry registry;

    AnswerMeters(RunningAnswers running) {
        this.running = running;
    }

    @Override
    public void bindTo(MeterRegistry measured) {
        Gauge.builder("parley.answers.open", running, RunningAnswers::count)
                .description("Answers that this node writes at the moment")
                .register(measured);
        registry = measured;
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(AnswerCompleted event) {
        MeterRegistry told = registry;
        if (told == null) {
            return;
        }
        Message answer = event.answer();
        String model = Objects.requireNonNullElse(answer.metadata().model(), "none");
        Counter.builder("parley.answers.ended")
                .description("Answers that ended on this node, by their model and how")
                .tag("model", model)
                .tag("status", Letters.lower(answer.status().name()))
                .register(told)
                .increment();
        Message.Usage usage = answer.metadata().usage();
        if (usage != null) {
            count(told, model, "prompt", usage.promptTokens());
            count(told, model, "completion", usage.completionTokens());
            Long cached = usage.cachedTokens();
            count(told, model, "cached", cached == null ? 0 : cached);
        }
    }

    private static void count(MeterRegistry registry, String model, String kind, long tokens) {
        Counter.builder("parley.tokens")
                .description("What providers counted; cached ones are among those of prompts")
                .tag("model", model)
                .tag("kind", kind)
                .register(registry)
                .increment((double) tokens);
    }
}
