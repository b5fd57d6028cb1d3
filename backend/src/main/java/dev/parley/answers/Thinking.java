package dev.parley.answers;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How long a model thinks: from each first thought to the word that follows it. One thread tells it, any may ask.
final class Thinking {
    private final LongSupplier nanos;
    private volatile @Nullable Taken taken;

    /// @param since when the stretch began that is not over yet
    private record Taken(long before, @Nullable Long since) {
        long at(long now) {
            return since == null ? before : before + now - since;
        }
    }

    /// @param nanos a clock that only goes forward
    Thinking(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void begins() {
        Taken known = taken;
        if (known == null || known.since == null) {
            taken = new Taken(known == null ? 0 : known.before, nanos.getAsLong());
        }
    }

    void ends() {
        Taken known = taken;
        if (known != null) {
            taken = new Taken(known.at(nanos.getAsLong()), null);
        }
    }

    /// So far. Null when there was no thought.
    @Nullable
    Duration taken() {
        Taken known = taken;
        return known == null ? null : Duration.ofNanos(known.at(nanos.getAsLong()));
    }
}
