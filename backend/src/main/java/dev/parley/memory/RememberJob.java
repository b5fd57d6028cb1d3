package dev.parley.memory;

import dev.parley.chats.AnswerCompleted;
import dev.parley.chats.ChatChanged;
import dev.parley.chats.Message;
import dev.parley.chats.Message.Role;
import dev.parley.chats.Transcripts;
import dev.parley.chats.Transcripts.Text;
import dev.parley.jobs.Job;
import dev.parley.jobs.Jobs;
import dev.parley.jobs.Subject;
import dev.parley.shared.UserId;
import dev.parley.users.Preferences;
import dev.parley.users.Users;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Indexes an exchange when its answer has ended, and learns what its question says plainly. Doing it twice changes
/// nothing.
@Component
class RememberJob implements Job {
    private static final Logger log = LoggerFactory.getLogger(RememberJob.class);
    private static final String NAME = "remember-exchange";

    private final Jobs jobs;
    private final Transcripts transcripts;
    private final Users users;
    private final MemoryRepository memories;
    private final TurnRepository turns;
    private final Index index;
    private final MemoryStore store;
    private final OwnMemories own;
    private final LearnJob learning;
    private final ChatSummaries summaries;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RememberJob(
            Jobs jobs,
            Transcripts transcripts,
            Users users,
            MemoryRepository memories,
            TurnRepository turns,
            Index index,
            MemoryStore store,
            OwnMemories own,
            LearnJob learning,
            ChatSummaries summaries,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jobs = jobs;
        this.transcripts = transcripts;
        this.users = users;
        this.memories = memories;
        this.turns = turns;
        this.index = index;
        this.store = store;
        this.own = own;
        this.learning = learning;
        this.summaries = summaries;
        this.events = events;
        this.clock = clock;
    }

    /// What counts is what its owner wants when it is said: what is not remembered then is not when memory is on again.
    @EventListener
    void enqueue(AnswerCompleted completed) {
        UserId owner = completed.owner();
        Message answer = completed.answer();
        if (completed.temporary()) {
            return;
        }
        if (completed.remembered() && users.preferences(owner).memoryEnabled()) {
            jobs.enqueue(NAME, new Subject(owner, answer.id()).toString(), Duration.ZERO);
            return;
        }
        turns.passOver(
                owner,
                Stream.of(answer.id(), answer.parentId())
                        .filter(Objects::nonNull)
                        .toList());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(String subject) {
        Subject ended = Subject.parse(subject);
        UserId owner = ended.owner();
        Preferences preferences = users.preferences(owner);
        boolean elsewhere = store instanceof Mem0Memories;
        if (!elsewhere) {
            noteUses(owner, ended.id());
        }
        if (!memories.forgotten(owner, transcripts.recalledIn(owner, ended.id()))
                .isEmpty()) {
            own.unfind(owner, List.of(ended.id()));
        }
        List<Text> exchange = transcripts.exchange(owner, ended.id());
        if (exchange.isEmpty() || !preferences.memoryEnabled()) {
            return; // deleted, of a chat that is not remembered, or of somebody who wants nothing remembered
        }
        boolean indexed = index.add(owner, exchange);
        if (indexed) {
            summaries.extract(owner, exchange.getLast().chatId());
        }
        boolean learned = false;
        if (elsewhere) {
            jobs.enqueue(Mem0Job.NAME, subject, Duration.ZERO);
        }
        for (Text text : elsewhere ? List.<Text>of() : exchange) {
            if (text.role() == Role.USER) {
                learned |= learn(owner, text, preferences.memoryAsk());
                learning.enqueueAfter(owner, text);
            }
        }
        if (indexed || learned) {
            index.embedLater(owner);
        }
        if (learned) {
            events.publishEvent(new ChatChanged(owner, exchange.getLast().chatId(), false));
        }
    }

    /// What was forgotten while the answer was written is taken out of it too.
    private void noteUses(UserId owner, UUID answer) {
        List<UUID> used = transcripts.memoriesIn(owner, answer);
        if (used.isEmpty()) {
            return;
        }
        memories.noteUses(owner, answer, used, clock.instant());
        List<UUID> gone = new ArrayList<>(used);
        gone.removeAll(memories.find(owner, used).keySet());
        if (!gone.isEmpty()) {
            transcripts.forgetMemories(owner, List.of(answer), gone);
            own.unfind(owner, List.of(answer));
        }
    }

    private boolean learn(UserId owner, Text text, boolean asking) {
        List<UUID> said = List.of(text.id());
        if (!memories.forgotten(owner, said).isEmpty()) {
            return false; // it was obeyed, corrected or forgotten
        }
        boolean learned = false;
        boolean forgets = false;
        Memory.Source source = new Memory.Source(text.chatId(), text.id());
        for (PlainStatements.Said statement : PlainStatements.in(text.content())) {
            switch (statement) {
                case PlainStatements.Said.Remember(var content, var kind, var slot, var origin, var importance) -> {
                    Learned one = new Learned(
                            content,
                            kind,
                            slot,
                            origin,
                            Learned.CONVERSATION,
                            text.said(),
                            importance,
                            1,
                            false,
                            List.of(source));
                    // What is said to be remembered needs no asking.
                    boolean ask = asking && origin != Memory.Origin.EXPLICIT;
                    learned |= own.learn(owner, one, ask).isPresent();
                }
                case PlainStatements.Said.Forget(var what) -> {
                    int gone = own.forgetSaid(owner, what, text.id());
                    forgets = true;
                    log.info("{} memories are forgotten on the word of message {}.", gone, text.id());
                    learned |= gone > 0;
                }
            }
        }
        if (forgets) {
            own.unfind(owner, said);
        }
        return learned;
    }
}
