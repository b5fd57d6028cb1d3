package dev.parley.memory;

import dev.parley.memory.MemoryRepository.Indexed;
import dev.parley.memory.PackRepository.Part;
import dev.parley.memory.TurnRepository.Changed;
import dev.parley.shared.UserId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// Reads what is indexed of a person into blocks: what is packed at once, what is newer row by row.
@Component
class IndexReader {
    private static final int AT_ONCE = 50_000;

    private final TurnRepository turns;
    private final MemoryRepository memories;
    private final PackRepository packs;
    private final Embeddings embeddings;
    private final int atOnce;

    @Autowired
    IndexReader(TurnRepository turns, MemoryRepository memories, PackRepository packs, Embeddings embeddings) {
        this(turns, memories, packs, embeddings, AT_ONCE);
    }

    /// @param atOnce how many rows are asked for at a time
    IndexReader(
            TurnRepository turns, MemoryRepository memories, PackRepository packs, Embeddings embeddings, int atOnce) {
        this.atOnce = atOnce;
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

    /// To the end.
    ///
    /// @return how many rows were read
    int readOn(UserId owner, Part part, Block block) {
        return part == Part.TURNS ? readTurns(owner, block) : readMemories(owner, block);
    }

    private int readTurns(UserId owner, Block block) {
        List<Changed> changed = all(after -> turns.changes(owner, after, block.model(), atOnce), Changed::seq, block);
        // As it was said, and not as it was indexed: neighbours are what stood side by side.
        changed.sort(Comparator.comparing(one -> one.turn().id()));
        changed.forEach(one -> block.add(one.turn()));
        return changed.size();
    }

    private int readMemories(UserId owner, Block block) {
        List<Indexed> changed = all(after -> memories.changes(owner, after, atOnce), Indexed::seq, block);
        changed.sort(Comparator.comparing(Indexed::id));
        for (Indexed one : changed) {
            boolean comparable = block.model().equals(one.vectorModel());
            block.add(Turn.of(one.id(), one.id(), Speakers.PERSON, "", one.at(), one.content())
                    .with(comparable ? one.vector() : null));
        }
        return changed.size();
    }

    /// Before any of it is added: what was indexed last may have been said first.
    private <T> List<T> all(LongFunction<List<T>> after, ToLongFunction<T> seq, Block block) {
        List<T> changed = new ArrayList<>();
        long read = block.seq();
        List<T> some;
        do {
            some = after.apply(read);
            changed.addAll(some);
            read = some.isEmpty() ? read : seq.applyAsLong(some.getLast());
        } while (some.size() == atOnce);
        block.upTo(read);
        return changed;
    }
}
