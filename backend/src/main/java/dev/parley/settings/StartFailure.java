package dev.parley.settings;

/// The program cannot start, for a reason that its operator can act on. Only the sentence is shown: one line, no trace.
public final class StartFailure extends RuntimeException {
    public StartFailure(String sentence) {
        super(sentence);
    }

    public StartFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
