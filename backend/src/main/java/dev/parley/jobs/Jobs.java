package dev.parley.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

    /// A subject that waits already waits on; one that is worked on is worked on once more. Either way its row is held
    /// until the caller's transaction ends, so that the work sees what that transaction has done.
    public void enqueue(String job, String subject, Duration after) {
        Instant at = clock.instant().plus(after);
        jdbc.sql("""
                insert into scheduled_tasks as known (task_name, task_instance, execution_time, picked, version)
                values (:job, :subject, :at, false, 1)
                on conflict (task_name, task_instance) do update
                   set task_data = case when known.picked then coalesce(known.task_data, :again) else known.task_data end
                """)
                .param("job", job)
                .param("subject", subject)
                .param("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
                .param("again", Instances.data(at))
                .update();
    }

    /// What waits for a later time is done now.
    ///
    /// @return false when nothing waits
    boolean hurry(String job, String subject) {
        return jdbc.sql("""
                update scheduled_tasks
                   set execution_time = least(execution_time, :now)
                 where task_name = :job and task_instance = :subject and not picked
                """)
                        .param("job", job)
                        .param("subject", subject)
                        .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                        .update()
                == 1;
    }
}
