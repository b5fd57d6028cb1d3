package dev.parley.models;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The models that this instance can ask. The door of this module for others.
public interface Models {
    /// What is configured and answers; never empty, the default one first. Does not wait for a provider.
    List<Model> list();

    /// The same for somebody who looks at it: waits a moment for what providers are just being asked about.
    default List<Model> newest() {
        return list();
    }

    /// Waits up to two seconds, when the model is unknown and its provider has not said yet which it has.
    Optional<Model> find(String id);

    /// Which model answers when nobody chose.
    Model defaultModel();

    /// Prepares to ask, and returns at once, so that what is still being asked can be closed: the first
    /// [Completion#next()] sends the question, and meets the provider's refusal.
    ///
    /// @throws ProviderException when no provider has this model
    Completion open(Prompt prompt);

    /// An answer as a whole.
    ///
    /// @param model the one that gave it
    /// @param promptTokens how many it read: as its provider says, else roughly
    record Whole(String text, String model, long promptTokens, long completionTokens) {}

    /// Asks and waits for the text of the answer.
    ///
    /// @param longest in characters; what the model writes beyond it is not waited for
    /// @throws ProviderException when it is refused, or breaks off
    default Whole answer(Prompt prompt, int longest, Duration patience) {
        StringBuilder text = new StringBuilder();
        long start = System.nanoTime();
        try (Completion completion = open(prompt)) {
            while (text.length() < longest && System.nanoTime() - start < patience.toNanos()) {
                switch (completion.next()) {
                    case Piece.Text(String piece) -> text.append(piece);
                    case Piece.Reasoning _ -> {}
                    case Piece.End(var _, var usage) -> {
                        return whole(prompt, completion, text.toString(), usage);
                    }
                }
            }
            return whole(prompt, completion, text.toString(), Piece.Usage.UNKNOWN);
        }
    }

    private static Whole whole(Prompt prompt, Completion completion, String text, Piece.Usage usage) {
        Fallback fallback = completion.fallback();
        String model = fallback == null ? prompt.model() : fallback.model();
        boolean known = usage.promptTokens() > 0 || usage.completionTokens() > 0;
        return known
                ? new Whole(text, model, usage.promptTokens(), usage.completionTokens())
                : new Whole(
                        text,
                        model,
                        prompt.messages().stream()
                                .mapToLong(turn -> Tokens.in(turn.content()))
                                .sum(),
                        Tokens.in(text));
    }

    /// @param id as clients name it: the bare name for the `OPENAI_*` provider, `provider/name` for others
    /// @param contextWindow in tokens
    record Model(
            String id, String name, String provider, boolean isDefault, Capabilities capabilities, int contextWindow) {
        /// It needs no provider, and is no language model.
        public boolean isBuiltin() {
            return provider.equals(BuiltinProvider.NAME);
        }

        Model withWindow(int tokens) {
            return new Model(id, name, provider, isDefault, capabilities, tokens);
        }

        Model asDefault() {
            return new Model(id, name, provider, true, capabilities, contextWindow);
        }
    }

    record Capabilities(boolean vision, boolean reasoning, boolean tools) {}
}
