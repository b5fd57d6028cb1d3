package dev.parley.models;

import dev.parley.models.Chunk.Fault;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which of the request's optional parts a model takes. Providers differ, and say so by refusing the request before
/// they answer it.
///
/// @param askForUsage `stream_options`, which older servers do not know
/// @param completionTokens the limit is named `max_completion_tokens`, as OpenAI's reasoning models want it
/// @param temperature newer reasoning models take only their own
/// @param notesApart what is remembered is a system message before the question, which the templates of some models
///     do not have; else it stands below the question
record Dialect(boolean askForUsage, boolean completionTokens, boolean temperature, boolean notesApart) {
    private static final Dialect USUAL = new Dialect(true, false, true, true);
    private static final Dialect OF_REASONING = new Dialect(true, true, false, true);
    private static final Pattern ABOUT_ROLES =
            Pattern.compile("\\broles?\\b|\\bsystem\\b|\\balternat", Pattern.CASE_INSENSITIVE);

    /// What a model is taken to speak until it refuses.
    static Dialect of(String model) {
        return KnownModels.isOpenAisReasoning(model) ? OF_REASONING : USUAL;
    }

    /// What to try instead, when the refusal is about one of these fields.
    Optional<Dialect> without(Fault fault) {
        if (askForUsage && names(fault, "stream_options")) {
            return Optional.of(new Dialect(false, completionTokens, temperature, notesApart));
        }
        if (!completionTokens && names(fault, "max_tokens")) {
            return Optional.of(new Dialect(askForUsage, true, temperature, notesApart));
        }
        if (temperature && names(fault, "temperature")) {
            return Optional.of(new Dialect(askForUsage, completionTokens, false, notesApart));
        }
        return Optional.empty();
    }

    /// What to try instead of notes in a message of their own, when the refusal is about who speaks when.
    Optional<Dialect> withoutNotesApart(Fault fault) {
        return notesApart && ABOUT_ROLES.matcher(fault.message()).find()
                ? Optional.of(new Dialect(askForUsage, completionTokens, temperature, false))
                : Optional.empty();
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
