package dev.parley.models;

import dev.parley.models.Models.Model;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
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
    /// never the question. What remains begins with a question, which some models insist on.
    Prompt forModel(Model model) {
        Deque<Turn> kept = new ArrayDeque<>();
        long left = model.contextWindow() - (maxTokens == null ? USUAL_ANSWER : maxTokens) - tokens(Role.SYSTEM);
        for (Turn turn : messages.reversed()) {
            if (turn.role() != Role.SYSTEM) {
                left -= Tokens.in(turn.content());
                if (left < 0 && !kept.isEmpty()) {
                    break;
                }
                kept.addFirst(turn);
            }
        }
        while (kept.size() > 1 && kept.getFirst().role() == Role.ASSISTANT) {
            kept.removeFirst();
        }
        List<Turn> told = Stream.concat(messages.stream().filter(turn -> turn.role() == Role.SYSTEM), kept.stream())
                .toList();
        return new Prompt(model.id(), told, temperature, maxTokens);
    }

    private long tokens(Role role) {
        return messages.stream()
                .filter(turn -> turn.role() == role)
                .mapToLong(turn -> Tokens.in(turn.content()))
                .sum();
    }

    public record Turn(Role role, String content) {}
}
