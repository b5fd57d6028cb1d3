package dev.parley.usage;

/// What a question may need at most.
///
/// @param answerTokens how long the answer may be
public record Estimate(String model, long promptTokens, long answerTokens) {
    long tokens() {
        return promptTokens + answerTokens;
    }
}
