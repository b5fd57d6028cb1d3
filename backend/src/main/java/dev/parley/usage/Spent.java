package dev.parley.usage;

/// What a model was given and gave. What a provider says beyond any sense is cut, so that no sum overflows.
///
/// @param model the one that answered
public record Spent(String model, long promptTokens, long completionTokens) {
    private static final long MOST = 1_000_000_000;

    public Spent {
        promptTokens = Math.clamp(promptTokens, 0, MOST);
        completionTokens = Math.clamp(completionTokens, 0, MOST);
    }

    long tokens() {
        return promptTokens + completionTokens;
    }
}
