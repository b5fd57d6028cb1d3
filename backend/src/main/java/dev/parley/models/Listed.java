package dev.parley.models;

import dev.parley.models.Models.Capabilities;
import org.jspecify.annotations.Nullable;

/// A model as its provider lists it. What the provider does not say is null.
///
/// @param contextWindow in tokens
record Listed(
        String name,
        @Nullable Integer contextWindow,
        @Nullable Boolean vision,
        @Nullable Boolean reasoning,
        @Nullable Boolean tools) {
    static Listed named(String name) {
        return new Listed(name, null, null, null, null);
    }

    Capabilities capabilities(Capabilities otherwise) {
        return new Capabilities(
                vision == null ? otherwise.vision() : vision,
                reasoning == null ? otherwise.reasoning() : reasoning,
                tools == null ? otherwise.tools() : tools);
    }
}
