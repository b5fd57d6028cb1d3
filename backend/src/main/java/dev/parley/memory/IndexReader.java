package dev.parley.memory;

import dev.parley.memory.MemoryRepository.Indexed;
import dev.parley.memory.PackRepository.Part;
import dev.parley.memory.TurnRepository.Changed;
import dev.parley.shared.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/// Reads what is indexed of a person into blocks: what is packed at once, what is newer row by row.
@Component
class IndexReader {
    /// What is read of one person at a time; the next time reads on.
    private static final int AT_ONCE = 50_000;

    private final TurnRepository turns;
    private final MemoryRepository memories;
    private final PackRepository packs;
    private final Embeddings embeddings;

    IndexReader(TurnRepository turns, MemoryRepository memories, PackRepository packs, Embeddings embeddings) {
        this.turns = turns;
        this.memories = memories;
        this.packs = packs;
        this.embeddings = embeddings;
    }

    Block unread() {
        return new Block(embeddings.model());
    }

    Block packed(UserId owner, Part part, long epoch) {
        return packs.read(owner, part, epoch, embeddings.model()).orElseGet(this::unread);
    }

    /// @return how many rows were read
    int readOn(UserId owner, Part part, Block block) {
        return part == Part.TURNS ? readTurns(owner, block) : readMemories(owner, block);
    }

    private int readTurns(UserId owner, Block block) {
        List<Changed> changed = new ArrayList<>(turns.changes(owner, block.seq(), block.model(), AT_ONCE));
        if (!changed.isEmpty()) {
            block.upTo(changed.getLast().seq());
        }
        // As it was said, and not as it was indexed: neighbours are what stood side by side.
        changed.sort(Comparator.comparing(one -> one.turn().id()));
        changed.forEach(one -> block.add(one.turn()));
        return changed.size();
    }

    private int readMemories(UserId owner, Block block) {
        List<Indexed> changed = new ArrayList<>(memories.changes(owner, block.seq(), AT_ONCE));
        if (!changed.isEmpty()) {
            block.upTo(changed.getLast().seq());
        }
        changed.sort(Comparator.comparing(Indexed::id));
        for (Indexed one : changed) {
            boolean comparable = block.model().equals(one.vectorModel());
            block.add(Turn.of(one.id(), one.id(), Speakers.PERSON, "", one.at(), one.content())
                    .with(comparable ? one.vector() : null));
        }
        return changed.size();
    }
}
