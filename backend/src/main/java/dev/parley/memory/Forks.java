package dev.parley.memory;

import dev.parley.chats.ChatForked;
import dev.parley.shared.UserId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// A fork says nothing new: nothing is learned from what it copies, and what is forgotten there is forgotten in it.
@Component
class Forks {
    private final MemoryRepository memories;
    private final TurnRepository turns;
    private final CopyRepository copies;
    private final LearnedRepository learned;

    Forks(MemoryRepository memories, TurnRepository turns, CopyRepository copies, LearnedRepository learned) {
        this.memories = memories;
        this.turns = turns;
        this.copies = copies;
        this.learned = learned;
    }

    @EventListener
    void on(ChatForked fork) {
        UserId owner = fork.owner();
        if (!memories.hold(owner)) {
            return;
        }
        copies.add(owner, fork.copies());
        Set<UUID> forgotten = memories.forgotten(owner, fork.copies().keySet());
        List<UUID> gone = forgotten.stream().map(fork.copies()::get).toList();
        turns.forget(owner, gone);
        fork.copies().values().stream()
                .max(UUID::compareTo)
                .ifPresent(leaf -> learned.note(owner, fork.chatId(), leaf));
    }
}
