package dev.parley.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Enqueues work in the caller's transaction: there is no work without its cause, and no cause whose work is lost.
@Component
public class Jobs {
    private final JdbcClient jdbc;
    private final Clock clock;

    Jobs(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// @return false when the same subject already waits
    public boolean enqueue(String job, String subject, Duration after) {
        return jdbc.sql("""
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
                values (:job, :subject, :at, false, 1)
                on conflict do nothing
                """)
                        .param("job", job)
                        .param("subject", subject)
                        .param("at", OffsetDateTime.ofInstant(clock.instant().plus(after), ZoneOffset.UTC))
                        .update()
                > 0;
    }
}
