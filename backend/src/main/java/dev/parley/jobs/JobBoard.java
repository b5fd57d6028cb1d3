package dev.parley.jobs;

import dev.parley.shared.Cursor;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The state of the background work, for those who look after the instance.
@Component
public class JobBoard {
    private final JdbcClient jdbc;
    private final Jobs jobs;

    JobBoard(JdbcClient jdbc, Jobs jobs) {
        this.jdbc = jdbc;
        this.jobs = jobs;
    }

    /// A kind of work.
    ///
    /// @param queued instances that wait, those that are due at a later time among them
    /// @param running instances that some node works on
    /// @param retrying those of the queued that have failed and are tried again
    /// @param failed instances that were given up
    /// @param next when the first of the queued is due, null where none waits
    public record JobKind(
            String name,
            long queued,
            long running,
            long retrying,
            long failed,
            @Nullable Instant next) {}

    /// An instance that was given up, or recurring work that fails.
    ///
    /// @param subject what it was about: ids
    public record FailedJob(UUID id, String name, String subject, String reason, int attempts, Instant failedAt) {}

    public List<JobKind> kinds() {
        return jdbc.sql("""
                with waiting as (
                    select task_name as name,
                           count(*) filter (where not picked) as queued,
                           count(*) filter (where picked) as running,
                           count(*) filter (where not picked and consecutive_failures > 0) as retrying,
                           min(execution_time) filter (where not picked) as next
                      from scheduled_tasks
                     group by task_name
                ), failed as (
                    select task as name, count(*) as failed from job_failure group by task
                )
                select name, coalesce(queued, 0) as queued, coalesce(running, 0) as running,
                       coalesce(retrying, 0) as retrying, coalesce(failed, 0) as failed, next
                  from waiting full join failed using (name)
                 order by name
                """).query(JobBoard::kind).list();
    }

    /// The newest first.
    public Page<FailedJob> failures(PageRequest request) {
        Cursor after = Cursor.parse(request.cursor(), 2);
        List<FailedJob> rows = jdbc.sql("""
                select id, task, instance, reason, attempts, failed_at
                  from job_failure
                 where :first or (failed_at, id) < (cast(:at as timestamptz), cast(:id as uuid))
                 order by failed_at desc, id desc
                 limit :limit
                """)
                .param("first", after == null)
                .param("at", after == null ? null : at(after.instant(0)))
                .param("id", after == null ? null : after.uuid(1))
                .param("limit", request.limit() + 1)
                .query(JobBoard::failure)
                .list();
        return Page.of(rows, request.limit(), last -> Cursor.of(last.failedAt(), last.id()));
    }

    /// Puts what was given up back into the queue; what is tried again by itself is tried now.
    ///
    /// @throws ParleyException NOT_FOUND
    @Transactional
    public FailedJob retry(UUID id) {
        FailedJob failure = take(id);
        if (!jobs.hurry(failure.name(), failure.subject())) {
            jobs.enqueue(failure.name(), failure.subject(), Duration.ZERO);
        }
        return failure;
    }

    /// Takes a failure from the list and leaves its work undone.
    ///
    /// @throws ParleyException NOT_FOUND
    public FailedJob dismiss(UUID id) {
        return take(id);
    }

    private FailedJob take(UUID id) {
        return jdbc.sql("""
                delete from job_failure
                 where id = :id
                returning id, task, instance, reason, attempts, failed_at
                """)
                .param("id", id)
                .query(JobBoard::failure)
                .optional()
                .orElseThrow(() -> ParleyException.notFound("failed job"));
    }

    private static JobKind kind(ResultSet row, int number) throws SQLException {
        Timestamp next = row.getTimestamp("next");
        return new JobKind(
                row.getString("name"),
                row.getLong("queued"),
                row.getLong("running"),
                row.getLong("retrying"),
                row.getLong("failed"),
                next == null ? null : next.toInstant());
    }

    private static FailedJob failure(ResultSet row, int number) throws SQLException {
        return new FailedJob(
                row.getObject("id", UUID.class),
                row.getString("task"),
                row.getString("instance"),
                row.getString("reason"),
                row.getInt("attempts"),
                row.getTimestamp("failed_at").toInstant());
    }

    private static OffsetDateTime at(Instant time) {
        return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
    }
}
