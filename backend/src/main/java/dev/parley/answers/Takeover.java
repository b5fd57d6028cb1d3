package dev.parley.answers;

import dev.parley.answers.Event.Kind;
import dev.parley.chats.Chat;
import dev.parley.chats.Chats;
import dev.parley.chats.Conversation;
import dev.parley.chats.Message;
import dev.parley.cluster.Estate;
import dev.parley.cluster.Node;
import dev.parley.shared.ParleyException;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Ends properly what dead nodes have begun: an answer is begun anew as often as the operator allows, else closed as
/// interrupted with all the text that was saved.
@Component
class Takeover implements Estate {
    private static final Logger log = LoggerFactory.getLogger(Takeover.class);
    private static final int BATCH = 100;

    private final RunRepository runs;
    private final Chats chats;
    private final Conversation conversation;
    private final Answers answers;
    private final Endings endings;
    private final Node node;
    private final AnswersProperties properties;

    Takeover(
            RunRepository runs,
            Chats chats,
            Conversation conversation,
            Answers answers,
            Endings endings,
            Node node,
            AnswersProperties properties) {
        this.runs = runs;
        this.chats = chats;
        this.conversation = conversation;
        this.answers = answers;
        this.endings = endings;
        this.node = node;
        this.properties = properties;
    }

    @Override
    public boolean inherit(List<UUID> dead) {
        List<Run> taken = runs.take(dead, node.id(), BATCH);
        for (Run run : taken) {
            settle(run);
        }
        return taken.size() < BATCH && !runs.anyOf(dead);
    }

    private void settle(Run run) {
        if (run.epoch() <= properties.takeovers() && resumed(run)) {
            log.info("The answer {} is begun anew.", run.id());
            return;
        }
        StringBuilder text = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        for (RunRepository.Chunk chunk : runs.chunks(run.id(), run.epoch() - 1)) {
            (chunk.kind() == Kind.TEXT ? text : reasoning).append(chunk.text());
        }
        endings.store(run, new Outcome.Interrupted(), text.toString(), reasoning.toString());
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
            answers.resume(run, chat, conversation.message(run.owner(), run.chatId(), asked), answer);
            return true;
        } catch (ParleyException e) {
            return false; // deleted meanwhile: there is nobody to begin anew for
        }
    }
}
