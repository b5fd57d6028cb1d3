package dev.parley.memory;

import dev.parley.chats.Transcripts;
import dev.parley.chats.Transcripts.Text;
import dev.parley.jobs.Job;
import dev.parley.jobs.Jobs;
import dev.parley.shared.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Gives directions to a person's turns and memories that have none of the model that is in use: of new ones, and of
/// all when it is another model than before. What is done is stored in small parts; a node that dies costs one.
@Component
class EmbedJob implements Job {
    static final String NAME = "embed-memory";
    private static final int TEXTS_AT_ONCE = 16;
    /// About two seconds' work; the rest is the next instance's, behind what others wait for.
    private static final int PARTS = 8;

    private final Jobs jobs;
    private final Embeddings embeddings;
    private final Transcripts transcripts;
    private final TurnRepository turns;
    private final MemoryRepository memories;
    private final PackJob packing;
    private final TransactionTemplate transaction;

    EmbedJob(
            Jobs jobs,
            Embeddings embeddings,
            Transcripts transcripts,
            TurnRepository turns,
            MemoryRepository memories,
            PackJob packing,
            TransactionTemplate transaction) {
        this.jobs = jobs;
        this.embeddings = embeddings;
        this.transcripts = transcripts;
        this.turns = turns;
        this.memories = memories;
        this.packing = packing;
        this.transaction = transaction;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(String subject) {
        if (!embeddings.isOn()) {
            return;
        }
        UserId owner = new UserId(UUID.fromString(subject));
        boolean more = true;
        for (int part = 0; part < PARTS && more; part++) {
            more = embedSome(owner);
        }
        if (more) {
            jobs.enqueue(NAME, subject, Duration.ZERO);
        }
    }

    @Override
    public int atOnce() {
        return 2;
    }

    /// All of a person's.
    void embed(UserId owner) {
        while (embedSome(owner)) {}
    }

    /// @return whether there may be more
    boolean embedSome(UserId owner) {
        if (embedMemories(owner) || embedTurns(owner)) {
            return true;
        }
        memories.embeddedWith(owner, embeddings.model());
        packing.enqueueIfDue(owner);
        return false;
    }

    private boolean embedMemories(UserId owner) {
        Map<UUID, String> some = memories.unembedded(owner, embeddings.model(), TEXTS_AT_ONCE);
        List<Map.Entry<UUID, String>> order = List.copyOf(some.entrySet());
        if (order.isEmpty()) {
            return false;
        }
        List<Optional<byte[]>> vectors =
                embeddings.embedEach(order.stream().map(Map.Entry::getValue).toList());
        transaction.executeWithoutResult(_ -> {
            memories.hold(owner);
            for (int i = 0; i < order.size(); i++) {
                Map.Entry<UUID, String> one = order.get(i);
                memories.embed(
                        owner, one.getKey(), one.getValue(), vectors.get(i).orElse(null), embeddings.model());
            }
        });
        return order.size() == TEXTS_AT_ONCE;
    }

    private boolean embedTurns(UserId owner) {
        List<UUID> some = turns.unembedded(owner, embeddings.model(), TEXTS_AT_ONCE);
        if (some.isEmpty()) {
            return false;
        }
        Map<UUID, Text> texts = transcripts.find(owner, some);
        List<UUID> readable = some.stream().filter(texts::containsKey).toList();
        List<UUID> unreadable = new ArrayList<>(some);
        unreadable.removeAll(readable);
        List<Optional<byte[]>> vectors = embeddings.embedEach(
                readable.stream().map(texts::get).map(Text::content).toList());
        transaction.executeWithoutResult(_ -> {
            memories.hold(owner);
            for (int i = 0; i < readable.size(); i++) {
                turns.embed(owner, readable.get(i), vectors.get(i).orElse(null), embeddings.model());
            }
            // Of a chat that is deleted or not to be remembered: without a direction, and not looked at again.
            unreadable.forEach(id -> turns.embed(owner, id, null, embeddings.model()));
        });
        return some.size() == TEXTS_AT_ONCE;
    }
}
