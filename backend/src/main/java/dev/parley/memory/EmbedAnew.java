package dev.parley.memory;

import dev.parley.jobs.Recurring;
import dev.parley.shared.Batches;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Gives everything a direction of the model that is in use, when it is another than before: person by person, each in
/// small parts that are stored at once. A node that dies, or a provider that is away, costs a part; the next run goes
/// on from there.
@Component
class EmbedAnew implements Recurring {
    private static final Logger log = LoggerFactory.getLogger(EmbedAnew.class);
    private static final int AT_ONCE = 100;
    /// So many in a row: the model is away.
    private static final int MOST_FAILURES = 3;

    private final MemoryRepository memories;
    private final Embeddings embeddings;
    private final EmbedJob embedding;

    EmbedAnew(MemoryRepository memories, Embeddings embeddings, EmbedJob embedding) {
        this.memories = memories;
        this.embeddings = embeddings;
        this.embedding = embedding;
    }

    @Override
    public String name() {
        return "embed-memory-anew";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(5);
    }

    @Override
    public void run() {
        if (!embeddings.isOn()) {
            return;
        }
        Batches.read(
                AT_ONCE,
                (last, most) -> memories.embeddedOtherwise(embeddings.model(), last, most),
                UserId::value,
                this::embed);
    }

    /// One whose texts the model does not take keeps nobody else waiting.
    private void embed(List<UserId> people) {
        int failures = 0;
        int done = 0;
        for (UserId owner : people) {
            try {
                embedding.embed(owner);
                failures = 0;
                done++;
            } catch (ParleyException e) {
                if (++failures == MOST_FAILURES) {
                    throw e;
                }
                log.warn("What is remembered of {} is found by words alone so far: {}", owner, e.getMessage());
            }
        }
        log.info("The index of {} people has the directions of {}.", done, embeddings.model());
    }
}
