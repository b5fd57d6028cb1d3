package dev.parley.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import dev.parley.memory.PackRepository.Part;
import dev.parley.memory.TurnRepository.State;
import dev.parley.shared.UserId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The blocks of those who ask at the moment. Each look begins with the database: what is new there is added, and where
/// something was taken away the block is read anew. So every node sees at once what any has written or forgotten.
@Component
class Blocks {
    private static final Duration IDLE = Duration.ofMinutes(5);
    /// Of turns and memories that are held together, about 500 bytes each.
    private static final int MOST_HELD = 150_000;

    private final TurnRepository turns;
    private final IndexReader reader;
    private final PackJob packing;
    private final Cache<UserId, Held> held = Caffeine.newBuilder()
            .expireAfterAccess(IDLE)
            .scheduler(Scheduler.systemScheduler())
            .maximumWeight(MOST_HELD)
            .<UserId, Held>weigher((_, one) -> 16 + one.weight)
            .build();

    Blocks(TurnRepository turns, IndexReader reader, PackJob packing) {
        this.turns = turns;
        this.reader = reader;
        this.packing = packing;
    }

    private static final class Held {
        final ReentrantLock lock = new ReentrantLock();
        final long epoch;
        /// Null until they are read.
        @Nullable
        Block turns;

        @Nullable
        Block memories;

        volatile int weight;

        Held(long epoch) {
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
                        (_, before) ->
                                before != null && before.epoch == state.epoch() ? before : new Held(state.epoch()));
        mine.lock.lock();
        try {
            Block said = read(owner, mine, Part.TURNS, mine.turns);
            Block known = read(owner, mine, Part.MEMORIES, mine.memories);
            mine.turns = said;
            mine.memories = known;
            int weight = said.size() + known.size();
            if (mine.weight != weight) {
                mine.weight = weight;
                held.asMap().computeIfPresent(owner, (_, current) -> current); // it is weighed anew
            }
            return Optional.of(work.apply(said, known));
        } finally {
            mine.lock.unlock();
        }
    }

    /// Whether a look would begin with what is here.
    boolean isHeld(UserId owner) {
        Held mine = held.getIfPresent(owner);
        return mine != null && mine.memories != null;
    }

    private Block read(UserId owner, Held mine, Part part, @Nullable Block known) {
        Block block = known == null ? reader.packed(owner, part, mine.epoch) : known;
        if (reader.readOn(owner, part, block) >= PackJob.DUE) {
            packing.enqueue(owner);
        }
        return block;
    }
}
