package dev.parley.answers;

import dev.parley.chats.Chat;
import dev.parley.chats.ChatDeleted;
import dev.parley.chats.ChatSettings;
import dev.parley.chats.Chats;
import dev.parley.chats.Conversation;
import dev.parley.chats.Conversation.Asked;
import dev.parley.chats.Message;
import dev.parley.cluster.Node;
import dev.parley.cluster.Signals;
import dev.parley.models.Models;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.usage.QuestionLimit;
import dev.parley.users.AccountDeleting;
import dev.parley.users.Preferences;
import dev.parley.users.Users;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/// Asking for answers, following them, stopping them.
@Service
public class Answers {
    /// Some node has begun to write an answer: an [AnswerBegun] follows.
    static final String STARTED = "answer.started";

    /// A stop travels to another node within two beats; a commit is quick. More means that something is wrong.
    private static final Duration STOPPING = Duration.ofSeconds(10);

    private final Conversation conversation;
    private final RunRepository runs;
    private final RunningAnswers running;
    private final Mirrors mirrors;
    private final Endings endings;
    private final Prompts prompts;
    private final Bill bill;
    private final QuestionLimit limit;
    private final Models models;
    private final Users users;
    private final Node node;
    private final Drain drain;
    private final AnswersProperties properties;
    private final TransactionTemplate transaction;
    private final Signals signals;

    Answers(
            Conversation conversation,
            RunRepository runs,
            RunningAnswers running,
            Mirrors mirrors,
            Endings endings,
            Prompts prompts,
            Bill bill,
            QuestionLimit limit,
            Models models,
            Users users,
            Node node,
            Drain drain,
            AnswersProperties properties,
            TransactionTemplate transaction,
            Signals signals) {
        this.conversation = conversation;
        this.runs = runs;
        this.running = running;
        this.mirrors = mirrors;
        this.endings = endings;
        this.prompts = prompts;
        this.bill = bill;
        this.limit = limit;
        this.models = models;
        this.users = users;
        this.node = node;
        this.drain = drain;
        this.properties = properties;
        this.transaction = transaction;
        this.signals = signals;
    }

    /// How an answer is wanted; what is null is left to the chat, the person, the configuration.
    record Wish(
            @Nullable String model,
            @Nullable Double temperature,
            @Nullable Integer maxTokens) {}

    /// An answer to be followed.
    ///
    /// @param isNew false when the same request was made before
    public record Started(AnswerLog log, boolean isNew) {}

    public Started ask(UserId owner, UUID chat, SendMessage sent) {
        String text = sent.text();
        return start(
                owner,
                chat,
                sent.wish(),
                (locked, model) -> conversation.ask(owner, locked, sent.place(), text, sent.clientId(), model));
    }

    Started askAgain(UserId owner, UUID chat, UUID message, @Nullable UUID clientId, Wish wish) {
        return start(
                owner, chat, wish, (locked, model) -> conversation.askAgain(owner, locked, message, clientId, model));
    }

    /// The log of an answer, wherever and whether or not it is still written.
    ///
    /// @param after the last event that the listener saw
    AnswerLog join(UserId owner, UUID chat, UUID message, long after) {
        Message answer = conversation.message(owner, chat, message);
        if (answer.role() != Message.Role.ASSISTANT || answer.parentId() == null) {
            throw ParleyException.notFound("answer");
        }
        AnswerRun here = writer(message, after);
        if (here != null) {
            return here.log();
        }
        return log(owner, conversation.message(owner, chat, answer.parentId()), answer, after);
    }

    /// Hears of each answer that any node begins to write, or to write anew; perhaps twice, perhaps never.
    ///
    /// @param listener does no I/O
    public void onBegun(Consumer<AnswerBegun> listener) {
        signals.on(STARTED, news -> listener.accept(AnswerBegun.of(news)));
    }

    /// The answers that are written in these chats at the moment, oldest first.
    public List<AnswerBegun> running(Collection<Chats.Owned> chats) {
        return runs.inChats(chats);
    }

    /// The log of an answer, for somebody who is known to be allowed to read the chat: costs no look at the database
    /// where this node writes it.
    ///
    /// @param after the last event that the listener saw, 0 for none
    public AnswerLog follow(AnswerBegun answer, long after) {
        AnswerRun here = writer(answer.messageId(), after);
        if (here != null
                && here.run().owner().equals(answer.owner())
                && here.run().chatId().equals(answer.chatId())) {
            return here.log();
        }
        return join(answer.owner(), answer.chatId(), answer.messageId(), after);
    }

    /// Who writes it here; null also when the listener has heard of a later writer than this node has.
    private @Nullable AnswerRun writer(UUID answer, long after) {
        AnswerRun here = running.find(answer);
        return here == null || after >>> 32 > here.run().epoch() ? null : here;
    }

    public Message stop(UserId owner, UUID message) {
        return stop(owner, conversation.chatOf(owner, message), message);
    }

    Message stop(UserId owner, UUID chat, UUID message) {
        Message answer = conversation.message(owner, chat, message);
        if (answer.status() != Message.Status.STREAMING) {
            return answer;
        }
        AnswerLog log = join(owner, chat, message, 0);
        AnswerRun here = running.find(message);
        if (here != null) {
            here.stop();
        } else {
            runs.requestStop(owner, message);
            signals.tell(Mirrors.STOP, message.toString());
        }
        awaitEnd(log);
        return conversation.message(owner, chat, message);
    }

    /// Removes a message and all under it; answers that are being written there are stopped first.
    void delete(UserId owner, UUID chat, UUID message) {
        conversation.message(owner, chat, message);
        List<UUID> doomed = transaction.execute(_ -> conversation.subtree(chat, message));
        for (UUID id : runs.among(Objects.requireNonNull(doomed))) {
            stop(owner, chat, id);
        }
        transaction.executeWithoutResult(_ -> {
            Chat locked = conversation.lock(owner, chat);
            conversation.delete(owner, locked, conversation.subtree(chat, message));
        });
    }

    /// Nobody waits any more for what is written in a chat that is gone.
    @EventListener
    void stopIn(ChatDeleted gone) {
        runs.requestStopInChat(gone.owner(), gone.chatId());
    }

    /// The answers of an account that goes: their rows go with it, and nobody pays for the rest.
    @EventListener
    void stopOf(AccountDeleting gone) {
        for (AnswerRun run : running.all()) {
            if (run.run().owner().equals(gone.user())) {
                run.stop();
            }
        }
    }

    /// Only what begins an answer counts as a question.
    private Started start(UserId owner, UUID chatId, Wish wish, BiFunction<Chat, Supplier<String>, Asked> ask) {
        QuestionLimit.Attempt attempt = limit.attempt(owner);
        boolean begun = false;
        try {
            Started started = start(owner, chatId, wish, attempt, ask);
            begun = started.isNew();
            return started;
        } finally {
            if (!begun) {
                attempt.giveBack();
            }
        }
    }

    private Started start(
            UserId owner,
            UUID chatId,
            Wish wish,
            QuestionLimit.Attempt attempt,
            BiFunction<Chat, Supplier<String>, Asked> ask) {
        boolean offered = wish.model() == null || models.find(wish.model()).isPresent();
        Preferences preferences = users.preferences(owner);
        Begun begun = Objects.requireNonNull(transaction.execute(_ -> {
            Chat chat = conversation.lock(owner, chatId);
            ChatSettings settings = chat.settings();
            // Asked for only when there is something to begin: who repeats a request joins its answer in any case.
            Supplier<String> model = () -> {
                refuseWhenStoppingOrFull();
                if (!offered) {
                    throw ParleyException.invalid("model", "This instance has no such model.");
                }
                attempt.require();
                return model(wish.model(), settings.model(), preferences.defaultModel());
            };
            Asked asked = ask.apply(chat, model);
            Run run = new Run(
                    asked.answer().id(),
                    owner,
                    chatId,
                    node.id(),
                    0,
                    new Run.Order(
                            String.valueOf(asked.answer().metadata().model()),
                            wish.temperature() == null ? settings.temperature() : wish.temperature(),
                            wish.maxTokens() == null ? settings.maxTokens() : wish.maxTokens(),
                            chat.currentMessageId() == null ? 1 : 0,
                            asked.answer().siblings().size() == 1 ? 2 : 1));
            if (asked instanceof Asked.Begun(var question, var _)) {
                runs.insert(run);
                // Who may not spend as much takes back what this transaction has stored.
                bill.open(run, question);
            }
            return new Begun(chat, asked, run);
        }));
        return switch (begun.asked()) {
            case Asked.Begun(var question, var answer) ->
                new Started(write(begun.run(), begun.chat(), question, answer, () -> preferences), true);
            case Asked.Known(var question, var answer) -> new Started(log(owner, question, answer, 0), false);
        };
    }

    private void refuseWhenStoppingOrFull() {
        if (drain.hasBegun()) {
            throw new ParleyException(CommonError.SERVICE_UNAVAILABLE, "This server is stopping. Try again shortly.");
        }
        if (running.count() >= properties.maxRunning()) {
            throw new ParleyException(
                    CommonError.SERVICE_UNAVAILABLE, "Too many answers are being written. Try again shortly.");
        }
    }

    private record Begun(Chat chat, Asked asked, Run run) {}

    private AnswerLog write(Run run, Chat chat, Message question, Message answer, Supplier<Preferences> preferences) {
        AnswerLog log = AnswerLog.ofWriter(question, answer, run.epoch());
        AnswerRun writer = new AnswerRun(
                run,
                log,
                () -> bill.admitted(run, prompts.of(run, chat, question, preferences.get())),
                models,
                endings);
        running.add(writer);
        signals.tell(STARTED, new AnswerBegun(run.owner(), run.chatId(), run.id()).news());
        writer.start();
        return log;
    }

    /// Begins an answer anew that another node left behind. Needs no database to begin.
    void resume(Run run, Chat chat, Message question, Message answer) {
        write(run, chat, question, answer, () -> users.preferences(run.owner()));
    }

    private AnswerLog log(UserId owner, Message question, Message answer, long after) {
        AnswerRun here = writer(answer.id(), after);
        if (here != null) {
            return here.log();
        }
        Message now = answer;
        if (answer.status() == Message.Status.STREAMING) {
            Optional<Integer> epoch = runs.epoch(answer.id());
            if (epoch.isPresent()) {
                return mirrors.follow(owner, question, answer, epoch.get());
            }
            // It has ended since it was read.
            now = conversation.message(owner, answer.chatId(), answer.id());
        }
        return Told.log(question, now, runs.endedUnder(answer.id()), after);
    }

    /// What was asked for is known to exist; what was chosen once may be gone by now, and then the default answers.
    private String model(@Nullable String asked, @Nullable String... chosen) {
        if (asked != null) {
            return asked;
        }
        for (String id : chosen) {
            // Not `find`: it may wait for a provider, and this holds the chat's lock.
            if (id != null
                    && models.list().stream().anyMatch(model -> model.id().equals(id))) {
                return id;
            }
        }
        return models.defaultModel().id();
    }

    private static void awaitEnd(AnswerLog log) {
        try {
            if (log.awaitEnd(STOPPING) == null) {
                throw new ParleyException(
                        CommonError.SERVICE_UNAVAILABLE, "The answer could not be stopped at the moment.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ParleyException(CommonError.SERVICE_UNAVAILABLE, "The server is stopping.");
        }
    }
}
