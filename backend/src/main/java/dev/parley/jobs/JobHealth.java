package dev.parley.jobs;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import dev.parley.shared.HealthPart;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Work that waits far beyond its time says that nobody does it; recurring work that fails says so until it is done.
@Component
class JobHealth implements HealthPart {
    private static final Duration LATE = Duration.ofMinutes(2);
    /// One failure may be the database's that was away for a moment.
    private static final int STREAK = 2;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final String[] recurring;
    private final String[] known;

    JobHealth(JdbcClient jdbc, Clock clock, List<Job> jobs, List<Recurring> recurring) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.recurring = recurring.stream().map(Recurring::name).toArray(String[]::new);
        known = Stream.concat(Arrays.stream(this.recurring), jobs.stream().map(Job::name))
                .toArray(String[]::new);
    }

    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public State state() {
        try {
            List<String> failing = failing();
            if (!failing.isEmpty()) {
                return State.degraded("Background work fails again and again: " + String.join(", ", failing) + ".");
            }
            return isLate() ? State.degraded("Background work is late.") : State.ok();
        } catch (DataAccessException e) {
            return State.degraded("The table of jobs cannot be read.");
        }
    }

    private List<String> failing() {
        return jdbc.sql("""
                select task_name from scheduled_tasks
                 where task_name = any(:recurring) and task_instance = :instance and consecutive_failures >= :streak
                 order by task_name
                """)
                .param("recurring", recurring)
                .param("instance", RecurringTask.INSTANCE)
                .param("streak", STREAK)
                .query((row, _) -> row.getString("task_name"))
                .list();
    }

    /// What another version has left waits for that version, and here for nobody.
    private boolean isLate() {
        return jdbc.sql("""
                select exists (
                    select from scheduled_tasks where task_name = any(:known) and not picked and execution_time < :due)
                """)
                .param("known", known)
                .param("due", OffsetDateTime.ofInstant(clock.instant().minus(LATE), ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }
}
