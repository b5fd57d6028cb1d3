package dev.parley.answers;

import dev.parley.answers.Cut.Summary;
import dev.parley.chats.Conversation;
import dev.parley.chats.Conversation.Said;
import dev.parley.chats.Message;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Chooses what of a branch goes into its prompts: all of it while it fits; then the newest turns from a cut on, which
/// is stored and stays where it is until those have outgrown the window again. So a prompt continues the one before
/// it, byte for byte, except where a cut is made, and a provider that keeps what it has read finds it again.
@Component
class Contexts {
    /// How much of the room is kept when a branch outgrows it: the next cut is as far away as what is left free.
    private static final double KEPT = 0.6;

    private static final int MOST_MESSAGES = 1_000;
    /// Of the texts that people write none has so many bytes a token. More is not read to find out.
    private static final long BYTES_A_TOKEN = 16;

    private final Conversation conversation;
    private final CutRepository cuts;
    private final TokenCounter counter;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Contexts(
            Conversation conversation,
            CutRepository cuts,
            TokenCounter counter,
            TransactionTemplate transaction,
            Clock clock) {
        this.conversation = conversation;
        this.cuts = cuts;
        this.counter = counter;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// A branch from its cut on.
    ///
    /// @param said newest first; never empty
    /// @param isWhole whether it was read up to the cut, or to the first question
    record Branch(List<Said> said, @Nullable Cut cut, boolean isWhole) {
        @Nullable
        Summary summary() {
            return cut == null ? null : cut.summary();
        }
    }

    Context of(UserId owner, Message question, Budget budget) {
        UUID chat = question.chatId();
        Branch branch = question.parentId() == null ? only(question) : branch(owner, chat, question.id(), budget);
        long most = budget.counting().most(bytes(branch, budget)) + frames(branch.said());
        if (most > budget.room() / 2) {
            counter.prepare(budget.counting());
        }
        if (branch.isWhole() && most <= budget.room()) {
            return new Context(branch.said(), branch.cut(), most, false);
        }
        Context fitting = counter.compute(() -> fitting(branch, budget));
        Cut cut = fitting.cut();
        if (cut != null && !cut.equals(branch.cut())) {
            save(owner, chat, cut);
        }
        return fitting;
    }

    /// What is to be read of the branch that ends in `leaf`.
    Branch branch(UserId owner, UUID chat, UUID leaf, Budget budget) {
        List<UUID> ends = cuts.places(owner, chat, budget.window());
        List<Said> said = newest(owner, chat, leaf, ends, budget);
        if (said.isEmpty()) {
            throw ParleyException.notFound("message");
        }
        UUID above = said.getLast().parentId();
        Cut cut = above == null || !ends.contains(above)
                ? null
                : cuts.find(owner, above).orElse(null);
        return new Branch(said, cut, above == null || cut != null);
    }

    /// As much of a branch as could be of use in a window.
    List<Said> newest(UserId owner, UUID chat, UUID leaf, List<UUID> ends, Budget budget) {
        return conversation.newest(owner, chat, leaf, ends, MOST_MESSAGES, budget.window() * BYTES_A_TOKEN);
    }

    /// Stores a cut, unless its place is gone meanwhile.
    void save(UserId owner, UUID chat, Cut cut) {
        transaction.executeWithoutResult(_ -> {
            conversation.hold(chat);
            if (conversation.has(owner, chat, cut.message())) {
                cuts.save(owner, chat, cut, clock.instant());
            }
        });
    }

    /// Of a branch the newest turns that have at most so many tokens, from a question on, because some models refuse a
    /// conversation that begins with an answer. The newest question is among them whatever it has.
    ///
    /// @return how many; for work inside [TokenCounter#compute]
    int kept(Branch branch, Budget budget, long most) {
        List<Said> said = branch.said();
        long left = most;
        int kept = 0;
        for (int i = 0; i < said.size(); i++) {
            left -= tokens(said.get(i), budget);
            if (kept > 0 && (left < 0 || i >= MOST_MESSAGES * KEPT)) {
                break;
            }
            if (said.get(i).role() == Message.Role.USER) {
                kept = i + 1;
            }
        }
        return kept == 0 ? said.size() : kept;
    }

    /// Of all turns of a branch; counts no further when they are more than `most`.
    long tokens(List<Said> said, Budget budget, long most) {
        long tokens = 0;
        for (Said one : said) {
            tokens += tokens(one, budget);
            if (tokens > most) {
                break;
            }
        }
        return tokens;
    }

    /// Of what stands before the turns.
    long tokensBefore(@Nullable Summary summary, Budget budget) {
        String instructions = budget.instructions(summary);
        return instructions.isEmpty() ? 0 : counter.tokens(budget.counting(), instructions) + Budget.FRAME;
    }

    private Context fitting(Branch branch, Budget budget) {
        long before = tokensBefore(branch.summary(), budget);
        long room = budget.room() - before;
        long tokens = tokens(branch.said(), budget, room);
        if (branch.isWhole() && tokens <= room) {
            return new Context(branch.said(), branch.cut(), before + tokens, true);
        }
        List<Said> kept = branch.said().subList(0, kept(branch, budget, (long) (room * KEPT)));
        UUID above = kept.getLast().parentId();
        Cut cut = above == null ? null : new Cut(above, budget.window(), branch.summary());
        return new Context(kept, cut, before + tokens(kept, budget, Long.MAX_VALUE), true);
    }

    private long tokens(Said said, Budget budget) {
        return said.bytes() == 0 ? 0 : counter.tokens(budget.counting(), said) + Budget.FRAME;
    }

    /// A first question stands for itself.
    private static Branch only(Message question) {
        String text = question.content();
        Said said = new Said(question.id(), null, question.role(), text, text.getBytes(StandardCharsets.UTF_8).length);
        return new Branch(List.of(said), null, true);
    }

    private static long bytes(Branch branch, Budget budget) {
        long before = budget.instructions(branch.summary()).getBytes(StandardCharsets.UTF_8).length;
        return before + branch.said().stream().mapToLong(Said::bytes).sum();
    }

    private static long frames(List<Said> said) {
        return (said.size() + 1L) * Budget.FRAME;
    }
}
