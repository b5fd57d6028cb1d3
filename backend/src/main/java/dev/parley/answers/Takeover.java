package dev.parley.answers;

import dev.parley.answers.Event.Kind;
import dev.parley.chats.Chat;
import dev.parley.chats.Chats;
import dev.parley.chats.Conversation;
import dev.parley.chats.Message;
import dev.parley.cluster.Estate;
import dev.parley.cluster.Node;
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

    private final RunRepository runs;
    private final Chats chats;
    private final Conversation conversation;
    private final Answers answers;
    private final Endings endings;
    private final RunningAnswers running;
    private final TransactionTemplate transaction;
    private final Node node;
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
            AnswersProperties properties) {
        this.runs = runs;
        this.chats = chats;
        this.conversation = conversation;
        this.answers = answers;
        this.endings = endings;
        this.running = running;
        this.transaction = transaction;
        this.node = node;
        this.properties = properties;
    }

    @Override
    public void inherit() {
        if (running.count() > 0) {
            runs.lost(running.all().stream().map(AnswerRun::run).toList()).forEach(running::stop);
        }
        Set<UUID> passedOver = new HashSet<>();
        while (settledOne(passedOver)) {}
    }

    /// Each by itself: what cannot be settled now holds up no other, and stays where it was until the next time.
    ///
    /// @return whether there may be more
    private boolean settledOne(Set<UUID> passedOver) {
        UUID[] tried = new UUID[1];
        Optional<Run> anew;
        try {
            anew = transaction.execute(_ -> {
                Optional<Run> taken = runs.takeUnwritten(node.id(), running.ids(), passedOver);
                taken.ifPresent(run -> tried[0] = run.id());
                return taken.filter(run -> !closed(run));
            });
        } catch (RuntimeException e) {
            if (tried[0] == null) {
                throw e;
            }
            log.error("The answer {} of a dead node cannot be settled.", tried[0], e);
            passedOver.add(tried[0]);
            return true;
        }
        if (anew != null && anew.isPresent() && !resumed(anew.get())) {
            transaction.executeWithoutResult(_ -> close(anew.get()));
        }
        return tried[0] != null;
    }

    /// False when it is to be begun anew.
    private boolean closed(Run run) {
        if (run.epoch() <= properties.takeovers()) {
            return false;
        }
        close(run);
        return true;
    }

    private void close(Run run) {
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        for (RunRepository.Chunk chunk : runs.newestChunks(run.id())) {
            (chunk.kind() == Kind.TEXT ? text : reasoning).append(chunk.text());
        }
        endings.store(run, new Outcome.Interrupted(), text.toString(), reasoning.toString(), null);
        log.info("The answer {} is closed as interrupted, with {} characters.", run.id(), text.length());
    }

    private boolean resumed(Run run) {
        try {
            Chat chat = chats.get(run.owner(), run.chatId());
            Message answer = conversation.message(run.owner(), run.chatId(), run.id());
            UUID asked = answer.parentId();
            if (asked == null) {
                return false;
            }
            log.info("The answer {} is begun anew.", run.id());
            answers.resume(run, chat, conversation.message(run.owner(), run.chatId(), asked), answer);
            return true;
        } catch (ParleyException e) {
            return false; // deleted meanwhile: there is nobody to begin anew for
        }
    }
}
