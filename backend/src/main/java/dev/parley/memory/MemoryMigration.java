package dev.parley.memory;

import dev.parley.shared.CommonError;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Carries memories from our tables to the Mem0 service, and back. What is there already is not carried again.
@Service
public class MemoryMigration {
    private static final int AT_ONCE = 100;
    private static final MemoryRepository.Filter ACTIVE = new MemoryRepository.Filter(Memory.Status.ACTIVE, null, null);

    private final MemoryStore store;
    private final OwnMemories own;
    private final MemoryRepository memories;

    MemoryMigration(MemoryStore store, OwnMemories own, MemoryRepository memories) {
        this.store = store;
        this.own = own;
        this.memories = memories;
    }

    /// @return how many were carried
    public int toMem0() {
        return memories.owners().stream().mapToInt(this::toMem0).sum();
    }

    /// @return how many were carried
    public int fromMem0() {
        return memories.owners().stream().mapToInt(this::fromMem0).sum();
    }

    int toMem0(UserId owner) {
        Mem0Memories mem0 = mem0();
        Set<String> there = new HashSet<>();
        mem0.all(owner).forEach(memory -> there.add(Mem0Memories.said(memory.content())));
        int carried = 0;
        @Nullable String cursor = null;
        do {
            Page<Memory> page = own.list(owner, ACTIVE, new PageRequest(AT_ONCE, cursor));
            for (Memory memory : page.items()) {
                if (there.add(Mem0Memories.said(memory.content()))) {
                    mem0.add(owner, memory.content(), metadata(memory));
                    carried++;
                }
            }
            cursor = page.nextCursor();
        } while (cursor != null);
        return carried;
    }

    int fromMem0(UserId owner) {
        int carried = 0;
        // Oldest first: of two that contradict each other the newer one is true.
        for (Memory memory : mem0().all(owner).reversed()) {
            Learned learned = new Learned(
                    memory.content(),
                    memory.kind(),
                    PlainStatements.slotOf(memory.content()),
                    Memory.Origin.IMPORT,
                    Learned.IMPORT,
                    memory.validFrom(),
                    0.5,
                    0.9,
                    memory.pinned(),
                    memory.sources());
            carried += own.learn(owner, learned, false).isPresent() ? 1 : 0;
        }
        return carried;
    }

    private Mem0Memories mem0() {
        if (store instanceof Mem0Memories mem0) {
            return mem0;
        }
        throw new ParleyException(CommonError.SERVICE_UNAVAILABLE, "Set MEM0_API_KEY first: there is no Mem0 service.");
    }

    private static Map<String, ?> metadata(Memory memory) {
        Map<String, Object> metadata = new HashMap<>();
        metadata.put("kind", memory.kind().word());
        metadata.put("pinned", memory.pinned());
        metadata.put("valid_from", memory.validFrom().toString());
        List<Memory.Source> sources = memory.sources();
        if (!sources.isEmpty()) {
            metadata.put("chat_id", sources.getFirst().chatId());
            metadata.put("message_id", sources.getFirst().messageId());
        }
        return metadata;
    }
}
