package dev.parley.usage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// For what something was spent, as the operator's plots count it.
///
/// @param chats that began with it
/// @param messages that it added: question and answer, or the answer alone
/// @param answers how many ended
/// @param errors how many of them failed
/// @param firstWord how long somebody waited for the first word; null where none came
/// @param lastWord how long for the whole answer; null where it is not whole
public record Occasion(
        int chats,
        int messages,
        int answers,
        int errors,
        @Nullable Duration firstWord,
        @Nullable Duration lastWord) {
    /// Work that nobody waits for.
    public static final Occasion BACKGROUND = new Occasion(0, 0, 0, 0, null, null);
}
