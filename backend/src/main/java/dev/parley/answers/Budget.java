package dev.parley.answers;

import dev.parley.answers.Cut.Summary;
import dev.parley.models.Models.Model;
import org.jspecify.annotations.Nullable;

/// How much a prompt may hold, in tokens.
///
/// @param instructions what the model is told before the conversation; may be empty
/// @param answer what is kept free for the answer
/// @param notes what is kept free for what is remembered, whether or not anything is: or prompts would begin elsewhere
///     from question to question
record Budget(Model model, Counting counting, String instructions, int answer, int notes) {
    /// What the form of a message costs beside its text.
    static final int FRAME = 4;

    /// An answer never takes more than half of the window: somebody who asks for the longest possible one wants his
    /// conversation read all the same.
    static Budget of(Model model, String instructions, int longestAnswer) {
        return of(model, instructions, longestAnswer, 0);
    }

    static Budget of(Model model, String instructions, int longestAnswer, int notes) {
        int answer = Math.min(longestAnswer, model.contextWindow() / 2);
        return new Budget(model, Counting.of(model), instructions, answer, notes);
    }

    /// What the model is told before the turns: who it is to be, and in short what they do not tell any more. In this
    /// order, so that a new summary leaves the beginning as it was.
    String instructions(@Nullable Summary summary) {
        if (summary == null) {
            return instructions;
        }
        String told = "What was said earlier in this conversation, in short:\n\n" + summary.text();
        return instructions.isEmpty() ? told : instructions + "\n\n" + told;
    }

    int window() {
        return model.contextWindow();
    }

    /// With so many tokens a branch is about to outgrow the window: what would go is worth a summary.
    long summaryDue() {
        return room() * 4 / 5;
    }

    /// For instructions and turns together.
    long room() {
        return (long) window() - answer - notes - FRAME;
    }
}
