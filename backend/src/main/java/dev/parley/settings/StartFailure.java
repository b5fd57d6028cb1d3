package dev.parley.settings;

import java.util.Optional;
import java.util.stream.Stream;

/// The program cannot start, for a reason that its operator can act on. Only the sentence is shown: one line, no trace.
public final class StartFailure extends RuntimeException {
    public StartFailure(String sentence) {
        super(sentence);
    }

    public StartFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    /// What lies at the bottom of another failure.
    public static Optional<StartFailure> in(Throwable failure) {
        return Stream.iterate(failure, each -> each != null, Throwable::getCause)
                .filter(StartFailure.class::isInstance)
                .map(StartFailure.class::cast)
                .findFirst();
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
