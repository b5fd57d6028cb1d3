package dev.parley.answers;

import dev.parley.chats.Chat;
import dev.parley.chats.Conversation.Said;
import dev.parley.chats.Message;
import dev.parley.memory.Recollections;
import dev.parley.models.AnswerDefaults;
import dev.parley.models.Models;
import dev.parley.models.Models.Model;
import dev.parley.models.Prompt;
import dev.parley.models.Prompt.Role;
import dev.parley.models.Prompt.Turn;
import dev.parley.settings.RunningSettings;
import dev.parley.settings.Setting;
import dev.parley.shared.UserId;
import dev.parley.users.Preferences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Makes the prompt of an answer: who the model is to be, then as much of the branch as its window holds. Nothing in
/// it changes from turn to turn but its end: no time, no id, no order that is left to chance.
@Component
class Prompts {
    /// Fewer tokens than this are no room for an answer.
    private static final int SHORTEST_ANSWER = 256;

    private final Contexts contexts;
    private final Models models;
    private final AnswerDefaults defaults;
    private final ContextProperties properties;
    private final RunningSettings running;
    private final TokenCounter counter;
    private final Recollections recollections;

    Prompts(
            Contexts contexts,
            Models models,
            AnswerDefaults defaults,
            ContextProperties properties,
            RunningSettings running,
            TokenCounter counter,
            Recollections recollections) {
        this.contexts = contexts;
        this.models = models;
        this.defaults = defaults;
        this.properties = properties;
        this.running = running;
        this.counter = counter;
        this.recollections = recollections;
    }

    /// A prompt.
    ///
    /// @param untilSummary how many tokens the answer may have before what is above should be summarised
    /// @param found what is remembered and told with the question
    /// @param size how many tokens it has; null where nobody will ask
    record Made(
            Prompt prompt,
            long untilSummary,
            Recollections.Found found,
            @Nullable PromptSize size) {
        Made(Prompt prompt, long untilSummary) {
            this(prompt, untilSummary, Recollections.Found.NOTHING, null);
        }
    }

    Made of(Run run, Chat chat, Message question, Preferences preferences) {
        Run.Order order = run.order();
        Budget budget = budget(order.model(), order.maxTokens(), chat, preferences);
        Context context = contexts.of(run.owner(), question, budget);
        List<Turn> turns = new ArrayList<>();
        String instructions =
                budget.instructions(context.cut() == null ? null : context.cut().summary());
        if (!instructions.isEmpty()) {
            turns.add(new Turn(Role.SYSTEM, instructions));
        }
        turns.addAll(turns(context.turns()));
        Integer longest = longestAnswer(order, budget, context);
        Recollections.Found found = found(run.owner(), question, context, budget);
        Prompt prompt = new Prompt(order.model(), turns, order.temperature(), longest, found.notes());
        return new Made(prompt, untilSummary(budget, context), found, size(budget, prompt, context));
    }

    private PromptSize size(Budget budget, Prompt prompt, Context context) {
        Stream<String> instructions = prompt.messages().stream()
                .filter(turn -> turn.role() == Role.SYSTEM)
                .map(Turn::content);
        Stream<String> notes = prompt.notes().stream().map(Prompt.Note::line);
        return new PromptSize(
                counter,
                budget.counting(),
                context.turns(),
                Stream.concat(instructions, notes).toList());
    }

    Budget budget(String model, @Nullable Integer longestAnswer, Chat chat, Preferences preferences) {
        Model answering = models.find(model).orElseGet(models::defaultModel);
        String instructions = instructions(
                running.of(Setting.PARLEY_INSTRUCTIONS).orElse(properties.instructions()),
                chat.settings().systemPrompt(),
                preferences.customInstructions());
        return Budget.of(
                answering,
                instructions,
                defaults.longest(model, longestAnswer),
                recollections.room(chat, preferences, answering.contextWindow()));
    }

    private Recollections.Found found(UserId owner, Message question, Context context, Budget budget) {
        Set<UUID> shown = context.turns().stream().map(Said::id).collect(Collectors.toUnmodifiableSet());
        return recollections.recall(
                owner, question.content(), shown, budget.notes(), text -> counter.roughly(budget.counting(), text));
    }

    /// What was said, so that every model takes it: nothing is empty, and nobody speaks twice in a row. An answer
    /// that was stopped or broke off stands as far as it was read. Where nothing came of one, the questions before
    /// and after it are told as one.
    ///
    /// @param said newest first
    static List<Turn> turns(List<Said> said) {
        List<Turn> turns = new ArrayList<>();
        for (Said one : said.reversed()) {
            Role role = one.role() == Message.Role.USER ? Role.USER : Role.ASSISTANT;
            if (one.content().isEmpty()) {
                continue;
            }
            if (!turns.isEmpty() && turns.getLast().role() == role) {
                turns.add(new Turn(role, turns.removeLast().content() + "\n\n" + one.content()));
            } else {
                turns.add(new Turn(role, one.content()));
            }
        }
        return turns;
    }

    /// Where the window is known, providers refuse what could outgrow it: a question that leaves less room than was
    /// kept for the answer gets a shorter one. One that leaves none is theirs to refuse.
    ///
    /// @return null where the built-in model may say all it has to say
    private @Nullable Integer longestAnswer(Run.Order order, Budget budget, Context context) {
        if (order.maxTokens() == null && budget.model().isBuiltin()) {
            return null;
        }
        int wanted = defaults.longest(order.model(), order.maxTokens());
        long left = budget.window() - context.tokens() - budget.notes() - Budget.FRAME;
        if (!budget.counting().isExact() || left >= wanted || left < SHORTEST_ANSWER) {
            return wanted;
        }
        return (int) left;
    }

    private long untilSummary(Budget budget, Context context) {
        if (!summaries() || !context.counted() || budget.model().isBuiltin()) {
            return Long.MAX_VALUE;
        }
        Cut cut = context.cut();
        return cut != null && !cut.isTold() ? 0 : budget.summaryDue() - context.tokens();
    }

    private boolean summaries() {
        return running.of(Setting.PARLEY_SUMMARIES).map("on"::equals).orElse(properties.summaries());
    }

    /// What the instance says stands first: it changes least.
    private static String instructions(@Nullable String... all) {
        return Arrays.stream(all)
                .map(one -> one == null ? "" : one.strip())
                .filter(one -> !one.isEmpty())
                .collect(Collectors.joining("\n\n"));
    }
}
