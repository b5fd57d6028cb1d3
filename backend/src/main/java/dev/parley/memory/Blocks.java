package dev.parley.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import dev.parley.memory.MemoryRepository.Indexed;
import dev.parley.memory.TurnRepository.Changed;
import dev.parley.memory.TurnRepository.State;
import dev.parley.shared.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;

/// The blocks of those who ask at the moment. Each look begins with the database: what is new there is added, and where
/// something was taken away the block is read anew. So every node sees at once what any has written or forgotten.
@Component
class Blocks {
    private static final Duration IDLE = Duration.ofMinutes(5);
    /// Of turns and memories that are held together, about 500 bytes each.
    private static final int MOST_HELD = 150_000;
    /// What a look reads of one person; the next reads on.
    private static final int AT_ONCE = 50_000;

    private final TurnRepository turns;
    private final MemoryRepository memories;
    private final Embeddings embeddings;
    private final Cache<UserId, Held> held = Caffeine.newBuilder()
            .expireAfterAccess(IDLE)
            .scheduler(Scheduler.systemScheduler())
            .maximumWeight(MOST_HELD)
            .<UserId, Held>weigher((_, one) -> 16 + one.weight)
            .build();

    Blocks(TurnRepository turns, MemoryRepository memories, Embeddings embeddings) {
        this.turns = turns;
        this.memories = memories;
        this.embeddings = embeddings;
    }

    private static final class Held {
        final ReentrantLock lock = new ReentrantLock();
        final Block turns;
        final Block memories;
        final long epoch;
        volatile int weight;
        long turnSeq;
        long memorySeq;

        Held(String model, long epoch) {
            this.turns = new Block(model);
            this.memories = new Block(model);
            this.epoch = epoch;
        }
    }

    /// Does something with a person's turns and memories as they are now; nobody else has them meanwhile. Empty where
    /// there is nothing.
    <T> Optional<T> with(UserId owner, BiFunction<Block, Block, T> work) {
        State state = turns.state(owner).orElse(null);
        if (state == null) {
            held.invalidate(owner);
            return Optional.empty();
        }
        Held mine = held.asMap()
                .compute(
                        owner,
                        (_, before) -> before != null && before.epoch == state.epoch()
                                ? before
                                : new Held(embeddings.model(), state.epoch()));
        mine.lock.lock();
        try {
            int before = mine.weight;
            refresh(owner, mine);
            if (mine.weight != before) {
                held.asMap().computeIfPresent(owner, (_, current) -> current); // it is weighed anew
            }
            return Optional.of(work.apply(mine.turns, mine.memories));
        } finally {
            mine.lock.unlock();
        }
    }

    private void refresh(UserId owner, Held mine) {
        boolean first = mine.turnSeq == 0;
        List<Changed> changed = new ArrayList<>(turns.changes(owner, mine.turnSeq, embeddings.model(), AT_ONCE));
        if (!changed.isEmpty()) {
            mine.turnSeq = changed.getLast().seq();
        }
        if (first) {
            // As it was said, and not as it was indexed: neighbours are what stood side by side.
            changed.sort(Comparator.comparing(one -> one.turn().id()));
        }
        changed.forEach(one -> mine.turns.add(one.turn()));
        for (Indexed one : memories.changes(owner, mine.memorySeq, AT_ONCE)) {
            mine.memorySeq = one.seq();
            boolean comparable = embeddings.model().equals(one.vectorModel());
            mine.memories.add(Turn.of(one.id(), one.id(), Speakers.PERSON, "", one.at(), one.content())
                    .with(comparable ? one.vector() : null));
        }
        mine.weight = mine.turns.size() + mine.memories.size();
    }
}
