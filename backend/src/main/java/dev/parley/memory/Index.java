package dev.parley.memory;

import static java.util.stream.Collectors.toCollection;

import dev.parley.chats.Message.Role;
import dev.parley.chats.Transcripts.Text;
import dev.parley.jobs.Jobs;
import dev.parley.shared.UserId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Puts what was said where it can be found.
@Component
class Index {
    private final MemoryRepository memories;
    private final TurnRepository turns;
    private final Embeddings embeddings;
    private final Jobs jobs;
    private final TransactionTemplate transaction;

    Index(
            MemoryRepository memories,
            TurnRepository turns,
            Embeddings embeddings,
            Jobs jobs,
            TransactionTemplate transaction) {
        this.memories = memories;
        this.turns = turns;
        this.embeddings = embeddings;
        this.jobs = jobs;
        this.transaction = transaction;
    }

    /// What is indexed or forgotten stays as it is.
    ///
    /// @return whether anything of it was new
    boolean add(UserId owner, List<Text> texts) {
        List<UUID> ids = texts.stream().map(Text::id).toList();
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            if (!memories.hold(owner)) {
                return false;
            }
            Set<UUID> indexed = turns.indexed(owner, ids);
            // An answer to what is forgotten may say it again.
            Set<UUID> asked = texts.stream().map(Text::origin).collect(toCollection(HashSet::new));
            asked.addAll(ids);
            Set<UUID> forgotten = memories.forgotten(owner, asked);
            List<Text> fresh = texts.stream()
                    .filter(text -> !indexed.contains(text.id()))
                    .filter(text -> !forgotten.contains(text.id()) && !forgotten.contains(text.origin()))
                    .toList();
            fresh.forEach(text -> turns.insert(owner, turn(text)));
            return !fresh.isEmpty();
        }));
    }

    /// Their directions come later, by a job.
    void embedLater(UserId owner) {
        if (embeddings.isOn()) {
            jobs.enqueue(EmbedJob.NAME, owner.toString(), Duration.ZERO);
        }
    }

    private static Turn turn(Text text) {
        return Turn.of(
                text.id(),
                text.chatId(),
                text.role() == Role.USER ? Speakers.PERSON : Speakers.ASSISTANT,
                Notes.speaker(text.role()),
                text.said(),
                text.content());
    }
}
