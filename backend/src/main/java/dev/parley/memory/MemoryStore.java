package dev.parley.memory;

import dev.parley.memory.MemoryRepository.Filter;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.UserId;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where memories are kept: here ([OwnMemories]), or with a Mem0 service.
interface MemoryStore {
    /// What a person changes about a memory; null: it stays.
    record Edit(
            @Nullable String content,
            Memory.@Nullable Kind kind,
            @Nullable Boolean pinned,
            Memory.@Nullable Status status) {}

    /// @param score from 0 to 1
    record Found(Memory memory, double score) {}

    /// Of memories that are kept elsewhere there is none: empty.
    Profile profile(UserId owner);

    /// Whether what is learned can wait until it is accepted. Where it cannot, who wants to be asked is taught nothing.
    boolean asks();

    Page<Memory> list(UserId owner, Filter filter, PageRequest request);

    /// Best first.
    List<Found> search(UserId owner, String query, Filter filter, int most);

    /// @throws dev.parley.shared.ParleyException NOT_FOUND
    Memory get(UserId owner, UUID id);

    /// What is written by hand. Who writes what is known gets what is known.
    Memory add(UserId owner, String content, Memory.Kind kind, boolean pinned);

    /// What a person brings along, in the order in which it was true. What is known is not taken again.
    ///
    /// @return how many are new
    int take(UserId owner, List<Learned> brought);

    Memory edit(UserId owner, UUID id, Edit edit);

    void forget(UserId owner, UUID id);

    /// Forgets what was learned wrongly; what it took the place of is true again, where that is known.
    void undo(UserId owner, UUID id);

    /// Forgets what has all the words of `what`, and whatever else was said with them.
    ///
    /// @param order the message that wants it: what else it says is not forgotten
    /// @return how many memories
    int forgetSaid(UserId owner, String what, UUID order);

    void forgetAll(UserId owner);

    List<Memory.Change> history(UserId owner, UUID id);

    /// Every memory of a person, whatever its state; some are held at a time.
    void each(UserId owner, Consumer<Memory> use);
}
