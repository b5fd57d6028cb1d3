package dev.parley.answers;

import dev.parley.chats.AnswerCompleted;
import dev.parley.chats.Chats;
import dev.parley.chats.Conversation;
import dev.parley.jobs.Job;
import dev.parley.jobs.Jobs;
import dev.parley.jobs.Subject;
import java.time.Duration;
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
            jobs.enqueue(NAME, new Subject(completed.owner(), completed.chatId()).toString(), Duration.ZERO);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(String subject) {
        Subject chat = Subject.parse(subject);
        conversation
                .firstQuestion(chat.owner(), chat.id())
                .ifPresent(question -> chats.nameIfUnnamed(chat.owner(), chat.id(), Title.from(question)));
    }
}
