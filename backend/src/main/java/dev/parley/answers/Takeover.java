package dev.parley.answers;

import dev.parley.answers.Event.Kind;
import dev.parley.answers.RunRepository.Taken;
import dev.parley.chats.Chat;
import dev.parley.chats.Chats;
import dev.parley.chats.Conversation;
import dev.parley.chats.Message;
import dev.parley.cluster.Estate;
import dev.parley.cluster.Node;
import dev.parley.cluster.Signals;
import dev.parley.shared.Outage;
import dev.parley.shared.ParleyException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Ends properly what dead nodes have begun: an answer is begun anew as often as the operator allows, else closed as
/// interrupted with all the text that was saved.
@Component
class Takeover implements Estate {
    private static final Logger log = LoggerFactory.getLogger(Takeover.class);

    /// Of handovers there may be many, as when node after node is replaced; but an answer that never ends is not begun
    /// for ever.
    private static final int MOST_ATTEMPTS = 10;

    private final RunRepository runs;
    private final Chats chats;
    private final Conversation conversation;
    private final Answers answers;
    private final Endings endings;
    private final RunningAnswers running;
    private final TransactionTemplate transaction;
    private final Node node;
    private final Drain drain;
    private final AnswersProperties properties;

    Takeover(
            RunRepository runs,
            Chats chats,
            Conversation conversation,
            Answers answers,
            Endings endings,
            RunningAnswers running,
            TransactionTemplate transaction,
            Node node,
            Drain drain,
            Signals signals,
            AnswersProperties properties) {
        this.runs = runs;
        this.chats = chats;
        this.conversation = conversation;
        this.answers = answers;
        this.endings = endings;
        this.running = running;
        this.transaction = transaction;
        this.node = node;
        this.drain = drain;
        this.properties = properties;
        signals.on(Drain.LEFT, _ -> node.inheritSoon());
    }

    @Override
    public void inherit() {
        if (running.count() > 0) {
            runs.lost(running.all().stream().map(AnswerRun::run).toList()).forEach(running::stop);
        }
        Set<UUID> passedOver = new HashSet<>();
        while (!drain.hasBegun() && settledOne(passedOver)) {}
    }

    /// Each by itself: what cannot be settled now holds up no other, and stays where it was until the next time.
    ///
    /// @return whether there may be more
    private boolean settledOne(Set<UUID> passedOver) {
        UUID[] tried = new UUID[1];
        try {
            Optional<Found> found = transaction.execute(_ -> {
                Optional<Taken> taken = runs.takeUnwritten(node.id(), running.ids(), passedOver);
                taken.ifPresent(run -> tried[0] = run.run().id());
                return taken.map(this::found);
            });
            if (found != null && found.isPresent()) {
                settle(found.get());
            }
        } catch (RuntimeException e) {
            if (tried[0] == null || Outage.isOne(e)) {
                throw e;
            }
            log.error("The answer {} of a dead node cannot be settled.", tried[0], e);
            passedOver.add(tried[0]);
        }
        return tried[0] != null;
    }

    /// A run that was taken, with all that it takes to begin anew.
    ///
    /// @param beginning empty when that is not wanted, or there is nobody any more to begin for
    private record Found(Taken taken, Optional<Beginning> beginning) {}

    private record Beginning(Chat chat, Message question, Message answer) {}

    private Found found(Taken taken) {
        boolean wanted = !taken.stopRequested()
                && properties.takeovers() > 0
                && taken.crashes() <= properties.takeovers()
                && taken.run().epoch() <= MOST_ATTEMPTS;
        return new Found(taken, wanted ? beginning(taken.run()) : Optional.empty());
    }

    private Optional<Beginning> beginning(Run run) {
        try {
            Chat chat = chats.get(run.owner(), run.chatId());
            Message answer = conversation.message(run.owner(), run.chatId(), run.id());
            return Optional.ofNullable(answer.parentId())
                    .map(asked -> conversation.message(run.owner(), run.chatId(), asked))
                    .map(question -> new Beginning(chat, question, answer));
        } catch (ParleyException e) {
            return Optional.empty(); // deleted meanwhile
        }
    }

    private void settle(Found found) {
        Run run = found.taken().run();
        if (found.beginning().isPresent()) {
            Beginning anew = found.beginning().get();
            log.info("The answer {} is begun anew.", run.id());
            answers.resume(run, anew.chat(), anew.question(), anew.answer());
            return;
        }
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        for (RunRepository.Chunk chunk : runs.newestChunks(run.id())) {
            (chunk.kind() == Kind.TEXT ? text : reasoning).append(chunk.text());
        }
        Outcome outcome = found.taken().stopRequested() ? new Outcome.Stopped() : new Outcome.Interrupted();
        if (endings.store(run, outcome, text.toString(), reasoning.toString(), Circumstances.UNKNOWN)
                .isPresent()) {
            log.info(
                    "The answer {} is closed as {}.", run.id(), outcome.status().word());
        }
    }
}
