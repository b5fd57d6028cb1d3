package dev.parley.answers;

import dev.parley.chats.AnswerCompleted;
import dev.parley.chats.Chats;
import dev.parley.chats.Conversation;
import dev.parley.jobs.Job;
import dev.parley.jobs.Jobs;
import dev.parley.shared.UserId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Names a chat after its first exchange, unless its owner does. The name comes from the first question and costs no
/// call: a provider is asked exactly once a question.
@Component
class TitleJob implements Job {
    private static final String NAME = "title-chat";

    private final Jobs jobs;
    private final Chats chats;
    private final Conversation conversation;

    TitleJob(Jobs jobs, Chats chats, Conversation conversation) {
        this.jobs = jobs;
        this.chats = chats;
        this.conversation = conversation;
    }

    @EventListener
    void enqueue(AnswerCompleted completed) {
        if (!completed.chatHasTitle()) {
            jobs.enqueue(NAME, completed.owner() + "/" + completed.chatId(), Duration.ZERO);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(String subject) {
        List<String> ids = List.of(subject.split("/", 2));
        UserId owner = new UserId(UUID.fromString(ids.get(0)));
        UUID chat = UUID.fromString(ids.get(1));
        conversation
                .firstQuestion(owner, chat)
                .ifPresent(question -> chats.nameIfUnnamed(owner, chat, Title.from(question)));
    }
}
