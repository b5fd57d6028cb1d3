package dev.parley.answers;

import dev.parley.memory.Recollections;
import dev.parley.models.Fallback;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How an answer came about, beside what it says.
///
/// @param fallback who answered instead of the model that was asked
/// @param thought how long the model thought; null when it told no thoughts, or nobody knows any more
/// @param found what was remembered and told to the model
/// @param size of the prompt; null while there is none, or where nobody knows it any more
record Circumstances(
        @Nullable Fallback fallback,
        @Nullable Duration thought,
        Recollections.Found found,
        @Nullable PromptSize size,
        Pace.Taken pace) {
    static final Circumstances UNKNOWN =
            new Circumstances(null, null, Recollections.Found.NOTHING, null, Pace.Taken.UNKNOWN);
}
