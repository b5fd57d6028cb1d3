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
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// The blocks of those who ask at the moment. Each look begins with the database: what is new there is added, and where
/// something was taken away the block is read anew. So every node sees at once what any has written or forgotten.
@Component
class Blocks {
    private static final Duration IDLE = Duration.ofMinutes(5);
    /// About so many bytes of turns and memories are held together: 150,000 with the model that Parley carries.
    private static final long MOST_HELD =
            Math.min(75_600_000, Runtime.getRuntime().maxMemory() / 4);
    private static final int EMPTY = 8_000;

    private final TurnRepository turns;
    private final IndexReader reader;
    private final PackJob packing;
    private final Cache<UserId, Held> held;

    @Autowired
    Blocks(TurnRepository turns, IndexReader reader, PackJob packing) {
        this(turns, reader, packing, MOST_HELD);
    }

    /// @param mostHeld about how many bytes
    Blocks(TurnRepository turns, IndexReader reader, PackJob packing, long mostHeld) {
        this.held = Caffeine.newBuilder()
                .expireAfterAccess(IDLE)
                .scheduler(Scheduler.systemScheduler())
                .maximumWeight(mostHeld)
                .<UserId, Held>weigher((_, one) -> EMPTY + one.weight)
                .build();
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
            int weight = said.weight() + known.weight();
            if (mine.weight != weight) {
                mine.weight = weight;
                held.asMap().computeIfPresent(owner, (_, current) -> current); // it is weighed anew
            }
            return Optional.of(work.apply(said, known));
        } finally {
            mine.lock.unlock();
        }
    }

    /// Whether there is anything of a person to look at.
    boolean isAny(UserId owner) {
        return turns.state(owner).isPresent();
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
