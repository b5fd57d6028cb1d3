package dev.parley.memory;

import dev.parley.jobs.Job;
import dev.parley.jobs.Jobs;
import dev.parley.shared.UserId;
import dev.parley.users.AccountDeleting;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Has the Mem0 service forget somebody whose account is gone. It is asked for a day and more.
@Component
class Mem0Farewell implements Job {
    private static final Logger log = LoggerFactory.getLogger(Mem0Farewell.class);
    private static final String NAME = "forget-with-mem0";

    private final Jobs jobs;
    private final MemoryStore store;

    Mem0Farewell(Jobs jobs, MemoryStore store) {
        this.jobs = jobs;
        this.store = store;
    }

    @EventListener
    void enqueue(AccountDeleting gone) {
        if (store instanceof Mem0Memories) {
            jobs.enqueue(NAME, gone.user().toString(), Duration.ZERO);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int atOnce() {
        return 2;
    }

    @Override
    public int attempts() {
        return 12;
    }

    @Override
    public Duration backoff() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run(String subject) {
        UserId gone = new UserId(UUID.fromString(subject));
        if (!(store instanceof Mem0Memories mem0)) {
            throw new IllegalStateException("The memory service that knows " + gone + " is not configured any more.");
        }
        mem0.forgetThere(gone);
        log.info("The memory service has forgotten {}.", gone);
    }
}
