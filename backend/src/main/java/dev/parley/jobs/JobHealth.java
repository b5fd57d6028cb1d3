package dev.parley.jobs;

import dev.parley.shared.HealthPart;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Work that waits far beyond its time says that nobody does it.
@Component
class JobHealth implements HealthPart {
    private static final Duration LATE = Duration.ofMinutes(2);

    private final JdbcClient jdbc;
    private final Clock clock;

    JobHealth(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public State state() {
        try {
            boolean late = jdbc.sql(
                            "select exists (select from scheduled_tasks where not picked and execution_time < :due)")
                    .param("due", OffsetDateTime.ofInstant(clock.instant().minus(LATE), ZoneOffset.UTC))
                    .query(Boolean.class)
                    .single();
            return late ? State.degraded("Background work is late.") : State.ok();
        } catch (DataAccessException e) {
            return State.degraded("The table of jobs cannot be read.");
        }
    }
}
