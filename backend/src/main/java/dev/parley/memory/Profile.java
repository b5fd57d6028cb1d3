package dev.parley.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// What is true of a person whatever they ask about, in a paragraph of their own sentences. It is made of memories
/// each time it is read, so that it says nothing that they do not.
record Profile(List<Memory> memories) {
    static final int MOST = 60;
    /// As they are shown; a prompt has its own measure.
    static final int LONGEST = 1_200;

    /// The weightiest that fit.
    ///
    /// @param candidates the weightiest first
    static Profile of(List<Memory> candidates, long budget, ToLongFunction<String> cost) {
        List<Memory> kept = new ArrayList<>();
        long left = budget;
        for (Memory memory : candidates) {
            left -= cost.applyAsLong(memory.content()) + 1;
            if (left < 0) {
                break;
            }
            kept.add(memory);
        }
        return new Profile(List.copyOf(kept));
    }

    String text() {
        return memories.stream().map(Profile::sentence).collect(Collectors.joining(" "));
    }

    List<UUID> ids() {
        return memories.stream().map(Memory::id).toList();
    }

    private static String sentence(Memory memory) {
        String content = memory.content().strip().replaceAll("\\s+", " ");
        return content.endsWith(".") || content.endsWith("!") || content.endsWith("?") ? content : content + ".";
    }
}
