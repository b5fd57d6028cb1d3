package dev.parley.models;

import dev.parley.models.Chunk.Fault;
import java.util.Optional;

/// Which of the request's optional fields a model takes. Providers differ, and say so by refusing the request before
/// they answer it.
///
/// @param askForUsage `stream_options`, which older servers do not know
/// @param completionTokens the limit is named `max_completion_tokens`, as OpenAI's reasoning models want it
/// @param temperature newer reasoning models take only their own
record Dialect(boolean askForUsage, boolean completionTokens, boolean temperature) {
    private static final Dialect USUAL = new Dialect(true, false, true);
    private static final Dialect OF_REASONING = new Dialect(true, true, false);

    /// What a model is taken to speak until it refuses.
    static Dialect of(String model) {
        return KnownModels.isOpenAisReasoning(model) ? OF_REASONING : USUAL;
    }

    /// What to try instead, when the refusal is about one of these fields.
    Optional<Dialect> without(Fault fault) {
        if (askForUsage && names(fault, "stream_options")) {
            return Optional.of(new Dialect(false, completionTokens, temperature));
        }
        if (!completionTokens && names(fault, "max_tokens")) {
            return Optional.of(new Dialect(askForUsage, true, temperature));
        }
        if (temperature && names(fault, "temperature")) {
            return Optional.of(new Dialect(askForUsage, completionTokens, false));
        }
        return Optional.empty();
    }

    /// Whether the refusal is about the field as such, and not about a value that somebody chose this once.
    boolean isLasting(Fault fault, Dialect next) {
        return temperature == next.temperature || fault.code().startsWith("unsupported");
    }

    private static boolean names(Fault fault, String field) {
        if (!fault.param().isEmpty()) {
            return fault.param().equals(field);
        }
        return fault.message().contains(field) && !fault.code().equals("context_length_exceeded");
    }
}
