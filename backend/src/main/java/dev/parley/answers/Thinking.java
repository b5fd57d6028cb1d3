package dev.parley.answers;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How long a model thinks: from each first thought to the word that follows it.
final class Thinking {
    private final LongSupplier nanos;
    private long taken;
    private long since;
    private boolean on;
    private boolean ever;

    /// @param nanos a clock that only goes forward
    Thinking(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void begins() {
        if (!on) {
            since = nanos.getAsLong();
        }
        on = true;
        ever = true;
    }

    void ends() {
        if (on) {
            taken += nanos.getAsLong() - since;
        }
        on = false;
    }

    /// Null when there was no thought.
    @Nullable
    Duration taken() {
        return ever ? Duration.ofNanos(taken) : null;
    }
}
