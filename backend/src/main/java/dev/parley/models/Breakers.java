package dev.parley.models;

import dev.parley.models.ProviderException.Scope;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Remembers which providers and models failed a moment ago, so that others are asked meanwhile. After a pause one
/// question tries again: its answer ends the matter, its failure makes the pause longer.
final class Breakers {
    static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final LongSupplier nanoTime;
    private final Lock lock = new ReentrantLock();
    private final Map<Subject, Open> open = new HashMap<>();

    Breakers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// @param model null: the provider as a whole
    private record Subject(String provider, @Nullable String model) {}

    /// @param until from then on one question may try; it moves this on, so that no second one does
    private record Open(long until, Duration pause, String reason) {}

    /// Begins to ask a model, unless it is to be left alone.
    Optional<Attempt> attempt(String provider, String model) {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            List<Subject> subjects = List.of(new Subject(provider, null), new Subject(provider, model));
            if (subjects.stream().map(open::get).anyMatch(state -> state != null && state.until - now > 0)) {
                return Optional.empty();
            }
            boolean probes = subjects.stream().anyMatch(open::containsKey);
            subjects.forEach(subject -> open.computeIfPresent(
                    subject, (_, state) -> new Open(now + LONGEST_PAUSE.toNanos(), state.pause, state.reason)));
            return Optional.of(new Attempt(provider, model, probes));
        } finally {
            lock.unlock();
        }
    }

    /// Begins to ask a model in any case: there is no other.
    Attempt lastResort(String provider, String model) {
        return attempt(provider, model).orElseGet(() -> new Attempt(provider, model, false));
    }

    /// Its address or key is another one now: what was before says nothing.
    void forget(String provider) {
        lock.lock();
        try {
            open.keySet().removeIf(subject -> subject.provider.equals(provider));
        } finally {
            lock.unlock();
        }
    }

    /// Why a model is left alone.
    Optional<String> reason(String provider, String model) {
        lock.lock();
        try {
            Open state = open.getOrDefault(new Subject(provider, model), open.get(new Subject(provider, null)));
            return Optional.ofNullable(state).map(Open::reason);
        } finally {
            lock.unlock();
        }
    }

    /// Whether anything is being left alone.
    boolean anyOpen() {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            Collection<Open> states = open.values();
            return states.stream().anyMatch(state -> state.until - now > 0);
        } finally {
            lock.unlock();
        }
    }

    /// One question to one model. Whoever makes it says how it went, once.
    final class Attempt {
        private final Subject provider;
        private final Subject model;
        private final boolean probes;

        private Attempt(String provider, String model, boolean probes) {
            this.provider = new Subject(provider, null);
            this.model = new Subject(provider, model);
            this.probes = probes;
        }

        void answered() {
            lock.lock();
            try {
                open.remove(provider);
                open.remove(model);
            } finally {
                lock.unlock();
            }
        }

        /// It was given up without a result: the next question may try.
        void abandoned() {
            lock.lock();
            try {
                if (probes) {
                    long now = nanoTime.getAsLong();
                    open.computeIfPresent(provider, (_, state) -> new Open(now, state.pause, state.reason));
                    open.computeIfPresent(model, (_, state) -> new Open(now, state.pause, state.reason));
                }
            } finally {
                lock.unlock();
            }
        }

        /// Of many that fail together the first counts: the pause grows only when a later try fails.
        void failed(ProviderException failure) {
            if (failure.scope() == Scope.QUESTION) {
                answered();
                return;
            }
            lock.lock();
            try {
                open.remove(failure.scope() == Scope.MODEL ? provider : model);
                open.compute(failure.scope() == Scope.MODEL ? model : provider, (_, before) -> {
                    if (before != null && !probes) {
                        return before;
                    }
                    Duration usual = before == null ? FIRST_PAUSE : shorter(before.pause.multipliedBy(2));
                    Duration pause = failure.pause().compareTo(usual) > 0 ? shorter(failure.pause()) : usual;
                    return new Open(nanoTime.getAsLong() + pause.toNanos(), pause, failure.reason());
                });
            } finally {
                lock.unlock();
            }
        }

        private static Duration shorter(Duration pause) {
            return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        }
    }
}
