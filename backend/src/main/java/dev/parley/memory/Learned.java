package dev.parley.memory;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A sentence that is to be remembered.
///
/// @param slot what it says something of, where only one thing can be true at a time; null: of nothing such
/// @param cause `person`, `conversation` or `import`
/// @param importance from 0 to 1
record Learned(
        String content,
        Memory.Kind kind,
        @Nullable String slot,
        Memory.Origin origin,
        String cause,
        Instant validFrom,
        double importance,
        double confidence,
        boolean pinned,
        List<Memory.Source> sources) {
    static final String PERSON = "person";
    static final String CONVERSATION = "conversation";
    static final String IMPORT = "import";

    static Learned byHand(String content, Memory.Kind kind, @Nullable String slot, boolean pinned, Instant now) {
        return new Learned(content, kind, slot, Memory.Origin.MANUAL, PERSON, now, 0.8, 1, pinned, List.of());
    }

    Memory.@Nullable Source source() {
        return sources.isEmpty() ? null : sources.getFirst();
    }
}
