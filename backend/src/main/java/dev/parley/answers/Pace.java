package dev.parley.answers;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How long somebody waits for an answer: for its first word, and for its last. One thread tells it, any may ask.
final class Pace {
    private final LongSupplier nanos;
    private final long begun;
    private volatile @Nullable Duration firstWord;
    private volatile @Nullable Duration lastWord;

    /// Begins now.
    ///
    /// @param nanos a clock that only goes forward
    Pace(LongSupplier nanos) {
        this.nanos = nanos;
        begun = nanos.getAsLong();
    }

    /// Something has come.
    void goesOn() {
        if (firstWord == null) {
            firstWord = Duration.ofNanos(nanos.getAsLong() - begun);
        }
    }

    void ends() {
        lastWord = Duration.ofNanos(nanos.getAsLong() - begun);
    }

    Taken taken() {
        return new Taken(firstWord, lastWord);
    }

    /// @param firstWord null where none came
    record Taken(@Nullable Duration firstWord, @Nullable Duration lastWord) {
        static final Taken UNKNOWN = new Taken(null, null);
    }
}
