package dev.parley.usage;

/// What a question may need at most.
///
/// @param answerTokens how long the answer may be
public record Estimate(String model, long promptTokens, long answerTokens) {
    public Estimate {
        if (promptTokens < 0 || answerTokens < 0) {
            throw new IllegalArgumentException("Nothing needs less than nothing.");
        }
    }

    long tokens() {
        return promptTokens + answerTokens;
    }
}
