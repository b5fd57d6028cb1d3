package dev.parley.models;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model is asked.
///
/// @param model the catalogue's id
/// @param messages oldest first; the last one is the question
/// @param temperature null: the configured default
/// @param maxTokens null: the configured default
public record Prompt(
        String model,
        List<Turn> messages,
        @Nullable Double temperature,
        @Nullable Integer maxTokens) {
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }

    public record Turn(Role role, String content) {}
}
