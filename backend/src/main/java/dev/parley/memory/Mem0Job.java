package dev.parley.memory;

import dev.parley.chats.Message.Role;
import dev.parley.chats.Transcripts;
import dev.parley.chats.Transcripts.Text;
import dev.parley.jobs.Job;
import dev.parley.jobs.Subject;
import dev.parley.shared.UserId;
import dev.parley.users.Users;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Tells an exchange to the Mem0 service, which learns from it. Tried again while the service is away; what it refuses
/// stays refused.
@Component
class Mem0Job implements Job {
    private static final Logger log = LoggerFactory.getLogger(Mem0Job.class);
    static final String NAME = "remember-with-mem0";

    private final MemoryStore store;
    private final Transcripts transcripts;
    private final MemoryRepository memories;
    private final OwnMemories own;
    private final Users users;

    Mem0Job(MemoryStore store, Transcripts transcripts, MemoryRepository memories, OwnMemories own, Users users) {
        this.store = store;
        this.own = own;
        this.transcripts = transcripts;
        this.memories = memories;
        this.users = users;
    }

    @Override
    public String name() {
        return NAME;
    }

    /// It waits for somebody else.
    @Override
    public int atOnce() {
        return 2;
    }

    @Override
    public void run(String subject) {
        if (!(store instanceof Mem0Memories mem0)) {
            return;
        }
        Subject answer = Subject.parse(subject);
        List<Text> exchange = transcripts.exchange(answer.owner(), answer.id());
        Set<UUID> forgotten = memories.forgotten(
                answer.owner(), exchange.stream().map(Text::id).toList());
        // The question is the first: an answer says it again.
        if (exchange.isEmpty() || forgotten.contains(exchange.getFirst().id())) {
            return;
        }
        Text first = exchange.getFirst();
        if (forgets(mem0, answer.owner(), first)) {
            return;
        }
        if (users.preferences(answer.owner()).memoryAsk()) {
            return; // it cannot keep what waits to be accepted
        }
        List<Map<String, String>> messages = exchange.stream()
                .filter(text -> !forgotten.contains(text.id()))
                .map(text -> Map.of("role", text.role().word(), "content", text.content()))
                .toList();
        try {
            mem0.learn(answer.owner(), messages, new Memory.Source(first.chatId(), first.id()));
        } catch (Mem0Client.Refused e) {
            log.error("The memory service did not take the answer {}: {}", answer.id(), e.getMessage());
        }
    }

    /// What is to be forgotten is not told first.
    private boolean forgets(Mem0Memories mem0, UserId owner, Text question) {
        boolean forgets = false;
        for (PlainStatements.Said said : PlainStatements.in(question.content())) {
            if (question.role() == Role.USER && said instanceof PlainStatements.Said.Forget(var what)) {
                int gone = mem0.forgetSaid(owner, what, question.id());
                log.info("{} memories are forgotten on the word of message {}.", gone, question.id());
                forgets = true;
            }
        }
        if (forgets) {
            own.unfind(owner, List.of(question.id()));
        }
        return forgets;
    }
}
