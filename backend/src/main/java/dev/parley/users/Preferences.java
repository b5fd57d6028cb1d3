package dev.parley.users;

import org.jspecify.annotations.Nullable;

/// How a person likes things.
///
/// @param theme `system`, `light` or `dark`
/// @param contrast `system`, `normal` or `high`
/// @param language a BCP 47 tag; null: the browser's
/// @param defaultModel a model's id; null: the instance's default
/// @param customInstructions told to the model with every question; may be empty
/// @param memoryAsk whether what was learned waits until it is accepted
public record Preferences(
        String theme,
        String contrast,
        @Nullable String language,
        @Nullable String defaultModel,
        String customInstructions,
        boolean memoryEnabled,
        boolean memoryAsk) {
    public static final Preferences DEFAULT = new Preferences("system", "system", null, null, "", true, false);
}
