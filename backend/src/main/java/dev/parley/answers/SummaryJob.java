package dev.parley.answers;

import dev.parley.chats.AnswerCompleted;
import dev.parley.chats.Message;
import dev.parley.jobs.Job;
import dev.parley.jobs.Jobs;
import dev.parley.jobs.Subject;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Summarises a chat whose branch is about to outgrow its model's window.
@Component
class SummaryJob implements Job {
    private static final Logger log = LoggerFactory.getLogger(SummaryJob.class);
    private static final String NAME = "summarise-chat";

    /// They wait for a model, and titles should not wait for them.
    private static final int MOST_AT_ONCE = 4;

    private final Jobs jobs;
    private final RunningAnswers running;
    private final Summaries summaries;
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);

    SummaryJob(Jobs jobs, RunningAnswers running, Summaries summaries) {
        this.jobs = jobs;
        this.running = running;
        this.summaries = summaries;
    }

    /// Looked at roughly, because every answer's end waits for this: the job counts.
    @EventListener
    void enqueue(AnswerCompleted completed) {
        Message answer = completed.answer();
        AnswerRun run = running.find(answer.id());
        if (run != null && answer.content().length() / 4 >= run.untilSummary()) {
            jobs.enqueue(NAME, new Subject(completed.owner(), completed.chatId()).toString(), Duration.ZERO);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int attempts() {
        return 2;
    }

    @Override
    public Duration backoff() {
        return Duration.ofSeconds(30);
    }

    /// Where there is no place for it now, the end of the chat's next answer asks for it again.
    @Override
    public void run(String subject) {
        Subject chat = Subject.parse(subject);
        if (!free.tryAcquire()) {
            return;
        }
        try {
            summaries.make(chat.owner(), chat.id());
        } catch (ParleyException e) {
            if (e.code() != CommonError.NOT_FOUND) {
                throw e;
            }
            log.info("The chat {} was deleted before it was summarised.", chat.id());
        } finally {
            free.release();
        }
    }
}
