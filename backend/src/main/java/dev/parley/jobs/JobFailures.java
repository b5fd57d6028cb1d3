package dev.parley.jobs;

import dev.parley.shared.Ids;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What was given up, and why: a failure that nobody sees is a lost task.
@Repository
class JobFailures {
    private static final int LONGEST_REASON = 500;

    private final JdbcClient jdbc;
    private final Clock clock;

    JobFailures(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void record(String job, String subject, int attempts, String reason) {
        jdbc.sql("""
                insert into job_failure (id, task, instance, reason, attempts, failed_at)
                values (:id, :job, :subject, :reason, :attempts, :now)
                """)
                .param("id", Ids.next())
                .param("job", job)
                .param("subject", subject)
                .param("reason", reason.substring(0, Math.min(reason.length(), LONGEST_REASON)))
                .param("attempts", attempts)
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .update();
    }
}
