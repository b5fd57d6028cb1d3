package dev.parley.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Notes what is enqueued, and lets nobody do it.
public final class JobsForTests extends Jobs {
    public final List<String> enqueued = new ArrayList<>();

    public JobsForTests(JdbcClient jdbc) {
        super(jdbc, Clock.systemUTC());
    }

    @Override
    public void enqueue(String job, String subject, Duration after) {
        enqueued.add(job + " " + subject);
    }
}
