package dev.parley.answers;

import dev.parley.chats.Conversation;
import dev.parley.chats.Message;
import dev.parley.chats.Message.Usage;
import dev.parley.models.AnswerDefaults;
import dev.parley.models.Models;
import dev.parley.models.Models.Model;
import dev.parley.models.Piece;
import dev.parley.shared.UserId;
import dev.parley.usage.Estimate;
import dev.parley.usage.Occasion;
import dev.parley.usage.Spending;
import dev.parley.usage.Spent;
import dev.parley.usage.UsageError;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What answers need of a quota and have used of it.
@Component
class Bill {
    private final Spending spending;
    private final Conversation conversation;
    private final Models models;
    private final TokenCounter counter;
    private final AnswerDefaults defaults;

    Bill(Spending spending, Conversation conversation, Models models, TokenCounter counter, AnswerDefaults defaults) {
        this.spending = spending;
        this.conversation = conversation;
        this.models = models;
        this.counter = counter;
        this.defaults = defaults;
    }

    /// Puts aside what a question seems to need, in the transaction that stores it: what its branch had, by the
    /// answer above it, and the longest answer. The prompt is not made yet.
    ///
    /// @throws dev.parley.shared.ParleyException QUOTA_EXCEEDED
    void open(Run run, Message question) {
        spending.reserve(run.owner(), run.id(), () -> {
            // Not `find`: it may wait for a provider, and this holds the chat's lock.
            Model model = models.list().stream()
                    .filter(one -> one.id().equals(run.order().model()))
                    .findFirst()
                    .orElseGet(models::defaultModel);
            Counting counting = Counting.of(model);
            counter.prepare(counting);
            long branch = TokenCounter.estimate(question.content()) + above(run.owner(), question);
            long prompt = Math.min(branch, model.contextWindow());
            int longest = longest(run);
            // Where the window is known, the answer gets what the prompt leaves of it, and never less than half.
            long room = Math.max(model.contextWindow() - prompt, model.contextWindow() / 2);
            return new Estimate(model.id(), prompt, counting.isExact() ? Math.min(longest, room) : longest);
        });
    }

    private long above(UserId owner, Message question) {
        UUID parent = question.parentId();
        Usage usage = parent == null
                ? null
                : conversation
                        .message(owner, question.chatId(), parent)
                        .metadata()
                        .usage();
        // What was imported may say anything.
        return usage == null ? 0 : Math.max(0, usage.promptTokens() + usage.completionTokens());
    }

    /// Puts aside what a prompt needs, now that it is made: the last thing before the model is asked.
    ///
    /// @throws dev.parley.shared.ParleyException QUOTA_EXCEEDED
    Prompts.Made admitted(Run run, Prompts.Made made) {
        PromptSize size = Objects.requireNonNull(made.size());
        Integer told = made.prompt().maxTokens();
        spending.reserve(run.owner(), run.id(), () -> {
            Model model = model(run.order().model());
            return new Estimate(model.id(), size.counted(), told == null ? longest(run) : told);
        });
        return made;
    }

    private int longest(Run run) {
        return defaults.longest(run.order().model(), run.order().maxTokens());
    }

    private Model model(String id) {
        return models.find(id).orElseGet(models::defaultModel);
    }

    /// What an answer has used.
    record Used(Spent spent, Occasion occasion) {}

    /// As the provider counted it; what it does not say, or broke off, is counted here. Nothing where it was not
    /// asked, or refused the question. May compute for a while.
    Used used(Run run, Outcome outcome, String written, Circumstances how) {
        String model =
                how.fallback() == null ? run.order().model() : how.fallback().model();
        return new Used(spent(model, run, outcome, written, how), occasion(run, outcome, how));
    }

    private Spent spent(String model, Run run, Outcome outcome, String written, Circumstances how) {
        if (outcome instanceof Outcome.Completed(var end) && isKnown(end.usage())) {
            return new Spent(model, end.usage().promptTokens(), end.usage().completionTokens());
        }
        boolean lost = how.equals(Circumstances.UNKNOWN);
        PromptSize size = how.size();
        boolean refused = outcome instanceof Outcome.Failed && how.pace().firstWord() == null;
        if (!lost && (size == null || refused)) {
            return new Spent(model, 0, 0);
        }
        long prompt = size == null ? spending.heldForPrompt(run.owner(), run.id()) : size.about();
        return new Spent(model, prompt, counter.about(counting(model), written));
    }

    /// Models are listed by their providers; one that is gone is counted like one that nobody knows.
    private Counting counting(String id) {
        return models.list().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .map(Counting::of)
                .orElse(Counting.ESTIMATE);
    }

    private static boolean isKnown(Piece.Usage usage) {
        return usage.promptTokens() > 0 || usage.completionTokens() > 0;
    }

    private static Occasion occasion(Run run, Outcome outcome, Circumstances how) {
        boolean failed = switch (outcome) {
            case Outcome.Completed _, Outcome.Stopped _ -> false;
            // Nothing went wrong: it was not asked.
            case Outcome.Failed(var code, var _) -> code != UsageError.QUOTA_EXCEEDED;
            case Outcome.Interrupted _ -> true;
        };
        return new Occasion(
                zero(run.order().newChats()),
                zero(run.order().newMessages()),
                1,
                failed ? 1 : 0,
                how.pace().firstWord(),
                outcome instanceof Outcome.Completed ? how.pace().lastWord() : null);
    }

    private static int zero(@Nullable Integer unknown) {
        return unknown == null ? 0 : unknown;
    }

    /// In the transaction that ends the run, once its row is gone, and with it what was put aside.
    void settle(Run run, Used used) {
        spending.countEnd(run.owner(), used.spent(), used.occasion());
    }
}
