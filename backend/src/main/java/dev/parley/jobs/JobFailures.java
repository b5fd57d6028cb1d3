package dev.parley.jobs;

import dev.parley.shared.Ids;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
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

    /// Of work that is tried again and again the last failure stands for all.
    ///
    /// @return whether it is the first
    boolean recordStreak(String job, String subject, int attempts, String reason) {
        String again = """
                update job_failure
                   set reason = :reason, attempts = :attempts, failed_at = :now
                 where task = :job and instance = :subject
                """;
        int known = told(again, job, subject, attempts, reason).update();
        if (known == 0) {
            record(job, subject, attempts, reason);
        }
        return known == 0;
    }

    void forget(String job, String subject) {
        jdbc.sql("delete from job_failure where task = :job and instance = :subject")
                .param("job", job)
                .param("subject", subject)
                .update();
    }

    void record(String job, String subject, int attempts, String reason) {
        String first = """
                insert into job_failure (id, task, instance, reason, attempts, failed_at)
                values (:id, :job, :subject, :reason, :attempts, :now)
                """;
        told(first, job, subject, attempts, reason).param("id", Ids.next()).update();
    }

    private StatementSpec told(String sql, String job, String subject, int attempts, String reason) {
        return jdbc.sql(sql)
                .param("job", job)
                .param("subject", subject)
                .param("reason", reason.substring(0, Math.min(reason.length(), LONGEST_REASON)))
                .param("attempts", attempts)
                .param("now", OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
    }
}
