package dev.parley.memory;

import dev.parley.jobs.Job;
import dev.parley.jobs.Jobs;
import dev.parley.memory.PackRepository.Part;
import dev.parley.memory.TurnRepository.State;
import dev.parley.shared.UserId;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Packs what a node would otherwise read row by row when somebody comes back.
@Component
class PackJob implements Job {
    private static final String NAME = "pack-memory";
    /// Fewer are read in a moment, and packing costs as much as all that is packed.
    static final int DUE = 500;

    private final Jobs jobs;
    private final IndexReader reader;
    private final PackRepository packs;
    private final TurnRepository turns;
    private final MemoryRepository memories;
    private final Embeddings embeddings;
    private final TransactionTemplate transaction;

    PackJob(
            Jobs jobs,
            IndexReader reader,
            PackRepository packs,
            TurnRepository turns,
            MemoryRepository memories,
            Embeddings embeddings,
            TransactionTemplate transaction) {
        this.jobs = jobs;
        this.reader = reader;
        this.packs = packs;
        this.turns = turns;
        this.memories = memories;
        this.embeddings = embeddings;
        this.transaction = transaction;
    }

    void enqueue(UserId owner) {
        jobs.enqueue(NAME, owner.toString(), Duration.ZERO);
    }

    void enqueueIfDue(UserId owner) {
        if (isDue(owner)) {
            enqueue(owner);
        }
    }

    private boolean isDue(UserId owner) {
        return packs.unpacked(owner, embeddings.model()) >= DUE;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(String subject) {
        UserId owner = new UserId(UUID.fromString(subject));
        State state = turns.state(owner).orElse(null);
        if (state == null || !isDue(owner)) {
            return;
        }
        Block said = reader.unread();
        Block known = reader.unread();
        reader.readOn(owner, Part.TURNS, said);
        reader.readOn(owner, Part.MEMORIES, known);
        transaction.executeWithoutResult(_ -> {
            // What was read before something was taken away is not kept.
            if (memories.hold(owner) && epoch(owner) == state.epoch()) {
                packs.write(owner, Part.TURNS, state.epoch(), said);
                packs.write(owner, Part.MEMORIES, state.epoch(), known);
            }
        });
    }

    private long epoch(UserId owner) {
        return turns.state(owner).map(State::epoch).orElse(-1L);
    }
}
