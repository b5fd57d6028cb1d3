package dev.parley.memory;

import dev.parley.chats.Transcripts;
import dev.parley.chats.Transcripts.Text;
import dev.parley.imports.ChatsImported;
import dev.parley.jobs.Job;
import dev.parley.jobs.Jobs;
import dev.parley.memory.TurnRepository.State;
import dev.parley.shared.Batches;
import dev.parley.shared.UserId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Indexes what a person said before anything was indexed: once, chat by chat, from where it was left.
@Component
class BackfillJob implements Job {
    private static final String NAME = "index-older-chats";
    private static final int MESSAGES_AT_ONCE = 200;
    private static final int CHATS_AT_ONCE = 20;
    /// After every chat that there could be: all are indexed.
    private static final UUID DONE = new UUID(-1, -1);

    private final Jobs jobs;
    private final Transcripts transcripts;
    private final MemoryRepository memories;
    private final TurnRepository turns;
    private final Index index;
    private final TransactionTemplate transaction;

    BackfillJob(
            Jobs jobs,
            Transcripts transcripts,
            MemoryRepository memories,
            TurnRepository turns,
            Index index,
            TransactionTemplate transaction) {
        this.jobs = jobs;
        this.transcripts = transcripts;
        this.memories = memories;
        this.turns = turns;
        this.index = index;
        this.transaction = transaction;
    }

    /// Costs a look at one row.
    void enqueueIfNew(UserId owner) {
        @Nullable UUID to = turns.state(owner).map(State::indexedTo).orElse(null);
        if (to == null) {
            jobs.enqueue(NAME, owner.toString(), Duration.ofSeconds(2));
        }
    }

    /// What was said elsewhere, before anything was said here. What is indexed stays so.
    @EventListener
    void on(ChatsImported imported) {
        transaction.executeWithoutResult(_ -> {
            if (memories.hold(imported.owner())) {
                turns.indexAgain(imported.owner());
                jobs.enqueue(NAME, imported.owner().toString(), Duration.ZERO);
            }
        });
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(String subject) {
        UserId owner = new UserId(UUID.fromString(subject));
        @Nullable UUID last = turns.state(owner).map(State::indexedTo).orElse(null);
        if (DONE.equals(last)) {
            return;
        }
        List<UUID> some = transcripts.chats(owner, last, CHATS_AT_ONCE);
        some.forEach(chat -> indexChat(owner, chat));
        done(owner, some.isEmpty() ? DONE : some.getLast());
        if (some.isEmpty()) {
            index.embedLater(owner);
        } else {
            jobs.enqueue(NAME, subject, Duration.ZERO);
        }
    }

    @Override
    public int atOnce() {
        return 2;
    }

    private void indexChat(UserId owner, UUID chat) {
        Batches.read(
                MESSAGES_AT_ONCE,
                (last, most) -> transcripts.ofChat(owner, chat, last, most),
                Text::id,
                some -> index.add(owner, some));
    }

    private void done(UserId owner, UUID to) {
        transaction.executeWithoutResult(_ -> {
            if (memories.hold(owner)) {
                turns.indexedTo(owner, to);
            }
        });
    }
}
