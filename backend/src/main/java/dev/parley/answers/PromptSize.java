package dev.parley.answers;

import dev.parley.chats.Conversation.Said;
import java.util.List;
import java.util.stream.Stream;

/// How many tokens a prompt has, counted when somebody wants to know.
///
/// @param said what of the conversation is in it
/// @param others what else it tells
record PromptSize(TokenCounter counter, Counting counting, List<Said> said, List<String> others) {
    /// By the model's vocabulary, which is loaded for it. Of what was said before the count is remembered.
    long counted() {
        return frames()
                + counter.compute(() -> said.stream()
                                .mapToLong(one -> counter.tokens(counting, one))
                                .sum()
                        + others.stream()
                                .mapToLong(one -> counter.tokens(counting, one))
                                .sum());
    }

    /// By the vocabulary where it is at hand, else roughly.
    long about() {
        return counter.isAtHand(counting)
                ? counted()
                : frames()
                        + Stream.concat(said.stream().map(Said::content), others.stream())
                                .mapToLong(TokenCounter::estimate)
                                .sum();
    }

    private long frames() {
        return (long) (said.size() + others.size()) * Budget.FRAME;
    }
}
