package dev.parley.usage;

/// What a model was given and gave.
///
/// @param model the one that answered
public record Spent(String model, long promptTokens, long completionTokens) {
    long tokens() {
        return promptTokens + completionTokens;
    }
}
