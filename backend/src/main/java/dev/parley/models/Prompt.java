package dev.parley.models;

import dev.parley.models.Models.Model;
import java.util.ArrayDeque;
import java.util.Deque;
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
    private static final int USUAL_ANSWER = 2_000;

    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }

    /// The same for a model that steps in, whose window may be smaller: the oldest turns go first, never instructions,
    /// never the question.
    Prompt forModel(Model model) {
        Deque<Turn> kept = new ArrayDeque<>();
        int answer = maxTokens == null ? USUAL_ANSWER : maxTokens;
        long left = model.contextWindow()
                - answer
                - messages.stream()
                        .filter(turn -> turn.role() == Role.SYSTEM)
                        .mapToLong(turn -> Tokens.in(turn.content()))
                        .sum();
        boolean full = false;
        for (Turn turn : messages.reversed()) {
            if (turn.role() != Role.SYSTEM) {
                left -= Tokens.in(turn.content());
                full |= left < 0 && !kept.isEmpty();
            }
            if (turn.role() == Role.SYSTEM || !full) {
                kept.addFirst(turn);
            }
        }
        return new Prompt(model.id(), List.copyOf(kept), temperature, maxTokens);
    }

    public record Turn(Role role, String content) {}
}
