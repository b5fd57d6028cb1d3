package dev.parley.models;

import dev.parley.models.Chunk.Fault;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// Whether a question is asked once more, and after which pause. Only a provider that says it did not begin, and will
/// have time soon, is asked again: 429 with a time, 503 with or without one. Anything else may have been worked on, and
/// would be paid twice.
final class Retries {
    private static final int MOST = 2;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final DoubleSupplier random;
    private Duration left;
    private int retries;

    /// @param longest all pauses together
    /// @param random from 0 to 1: those who were refused together do not come back together
    Retries(Duration longest, DoubleSupplier random) {
        this.left = longest;
        this.random = random;
    }

    /// @param retryAfter the time that the provider named
    /// @return empty: not any more
    Optional<Duration> pause(int status, Fault fault, @Nullable Duration retryAfter) {
        boolean busy = status == TOO_MANY && retryAfter != null && !Failures.isForGood(fault);
        if (retries == MOST || !(busy || status == UNAVAILABLE)) {
            return Optional.empty();
        }
        Duration backoff = FIRST_PAUSE.multipliedBy(1L << retries);
        Duration pause =
                retryAfter == null ? scaled(backoff, 0.5 + random.getAsDouble() / 2) : later(retryAfter, backoff);
        if (pause.compareTo(left) > 0) {
            return Optional.empty();
        }
        retries++;
        left = left.minus(pause);
        return Optional.of(pause);
    }

    private Duration later(Duration named, Duration backoff) {
        return named.plus(scaled(backoff, random.getAsDouble() / 2));
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofNanos(Math.round(duration.toNanos() * factor));
    }
}
