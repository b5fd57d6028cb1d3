package dev.parley.models;

import dev.parley.shared.Letters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// How soon providers answer, and how often they fail. Measured around each of them, and nowhere inside.
final class ProviderMeters implements MeterBinder {
    private static final Duration[] STEPS = LongStream.of(100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private volatile @Nullable MeterRegistry registry;

    @Override
    public void bindTo(MeterRegistry measured) {
        registry = measured;
    }

    Provider around(String name, Provider provider) {
        return new Measured(name, provider);
    }

    private final class Measured implements Provider {
        private final String name;
        private final Provider provider;

        Measured(String name, Provider provider) {
            this.name = name;
            this.provider = provider;
        }

        @Override
        public List<Models.Model> models() {
            return provider.models();
        }

        @Override
        public List<Models.Model> modelsNow() {
            return provider.modelsNow();
        }

        @Override
        public void awaitModels(Duration longest) {
            provider.awaitModels(longest);
        }

        @Override
        public Completion open(Prompt prompt) {
            long begin = System.nanoTime();
            try {
                Completion opened = ProviderSpans.around(name, prompt.model(), provider.open(prompt));
                return new Watched(opened, name, begin);
            } catch (ProviderException e) {
                failed(name, e);
                throw e;
            }
        }
    }

    private final class Watched extends ObservedCompletion {
        private final String provider;
        private final long begin;

        Watched(Completion completion, String provider, long begin) {
            super(completion);
            this.provider = provider;
            this.begin = begin;
        }

        @Override
        void began() {
            begun(provider, System.nanoTime() - begin);
        }

        @Override
        void ended(Piece.End end) {
            // Whoever asked counts what it has cost.
        }

        @Override
        void failed(ProviderException failure) {
            ProviderMeters.this.failed(provider, failure);
        }
    }

    private void begun(String provider, long nanos) {
        MeterRegistry told = registry;
        if (told != null) {
            Timer.builder("parley.provider.first.token")
                    .description("From the question to the first piece of an answer")
                    .tag("provider", provider)
                    .serviceLevelObjectives(STEPS)
                    .register(told)
                    .record(Duration.ofNanos(nanos));
        }
    }

    private void failed(String provider, ProviderException failure) {
        MeterRegistry told = registry;
        if (told != null) {
            Counter.builder("parley.provider.errors")
                    .description("Answers that a provider did not begin or did not end")
                    .tag("provider", provider)
                    .tag("code", Letters.lower(failure.code().name()))
                    .register(told)
                    .increment();
        }
    }
}
