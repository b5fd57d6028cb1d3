package dev.parley.answers;

import dev.parley.answers.Contexts.Branch;
import dev.parley.answers.Cut.Summary;
import dev.parley.chats.Chat;
import dev.parley.chats.Chats;
import dev.parley.chats.Conversation;
import dev.parley.chats.Conversation.Said;
import dev.parley.models.Models;
import dev.parley.shared.UserId;
import dev.parley.usage.Spending;
import dev.parley.users.Users;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Makes the summaries with which prompts begin once a branch has outgrown its window. The branch's own model writes
/// them: who may read the conversation stays the same.
@Component
class Summaries {
    private static final Logger log = LoggerFactory.getLogger(Summaries.class);

    /// Beside a summary. Less than without one, so that the next is far away: each is a question that is paid.
    private static final double KEPT = 0.4;
    /// Instructions that leave less than this would have every other turn summarised.
    private static final int LEAST_ROOM = 1_000;

    private final Chats chats;
    private final Conversation conversation;
    private final Users users;
    private final Models models;
    private final Prompts prompts;
    private final Contexts contexts;
    private final TokenCounter counter;
    private final Summariser summariser;
    private final Spending spending;

    Summaries(
            Chats chats,
            Conversation conversation,
            Users users,
            Models models,
            Prompts prompts,
            Contexts contexts,
            TokenCounter counter,
            Summariser summariser,
            Spending spending) {
        this.chats = chats;
        this.conversation = conversation;
        this.users = users;
        this.models = models;
        this.prompts = prompts;
        this.contexts = contexts;
        this.counter = counter;
        this.summariser = summariser;
        this.spending = spending;
    }

    /// Summarises what the branch that is shown will leave out, if it is time; else does nothing.
    ///
    /// @throws dev.parley.models.ProviderException when the model's provider fails
    void make(UserId owner, UUID chatId) {
        Chat chat = chats.get(owner, chatId);
        UUID leaf = chat.currentMessageId();
        // Whose quota is used up is told less of what was said long ago, and nothing is spent for them.
        if (leaf == null || spending.isUsedUp(owner)) {
            return;
        }
        String answering = conversation.message(owner, chatId, leaf).metadata().model();
        if (answering == null || models.find(answering).isEmpty()) {
            return;
        }
        Budget budget = prompts.budget(answering, chat.settings().maxTokens(), chat, users.preferences(owner));
        Work work = work(owner, chatId, contexts.branch(owner, chatId, leaf, budget), budget);
        if (work == null) {
            return;
        }
        String text = summariser.tell(owner, budget.model(), work.before(), work.said());
        Summary summary = new Summary(text, work.to(), budget.model().id());
        contexts.save(owner, chatId, new Cut(work.to(), budget.window(), summary));
        log.info("The chat {} is summarised down to {}.", chatId, work.to());
    }

    /// What is to be summarised.
    ///
    /// @param to the newest message that goes into it
    /// @param said newest first
    private record Work(UUID to, @Nullable Summary before, List<Said> said) {}

    private @Nullable Work work(UserId owner, UUID chat, Branch branch, Budget budget) {
        Cut cut = branch.cut();
        if (cut != null && !cut.isTold()) {
            Summary before = cut.summary();
            List<UUID> end = before == null ? List.of() : List.of(before.to());
            return new Work(cut.message(), before, contexts.newest(owner, chat, cut.message(), end, budget));
        }
        List<Said> said = branch.said();
        int kept = counter.compute(() -> kept(branch, budget));
        return kept == said.size()
                ? null
                : new Work(said.get(kept).id(), branch.summary(), said.subList(kept, said.size()));
    }

    private int kept(Branch branch, Budget budget) {
        long before = contexts.tokensBefore(branch.summary(), budget);
        long room = budget.room() - before;
        long tokens = before + contexts.tokens(branch.said(), budget, Long.MAX_VALUE);
        return tokens < budget.summaryDue() || room < LEAST_ROOM
                ? branch.said().size()
                : contexts.kept(branch, budget, (long) (room * KEPT));
    }
}
