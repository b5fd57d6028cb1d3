package dev.parley.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.kagkarlsson.scheduler.task.Execution;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The rows of instances that this node works on. Jobs have no data: what stands in its place is when the instance is
/// to run once more, because it was enqueued while it ran.
@Repository
class Instances {
    private final JdbcClient jdbc;

    Instances(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    static byte[] data(Instant again) {
        return again.toString().getBytes(UTF_8);
    }

    /// Takes out what is done.
    ///
    /// @return false when it is to run again, or is another node's by now
    boolean remove(Execution done) {
        return jdbc.sql("""
                delete from scheduled_tasks
                 where task_name = :job and task_instance = :subject and version = :version and task_data is null
                """)
                        .param("job", done.taskInstance.getTaskName())
                        .param("subject", done.taskInstance.getId())
                        .param("version", done.version)
                        .update()
                == 1;
    }

    /// When it is to run again. Empty when it is another node's by now.
    Optional<Instant> again(Execution done) {
        return jdbc.sql("""
                select convert_from(task_data, 'UTF8') from scheduled_tasks
                 where task_name = :job and task_instance = :subject and version = :version
                """)
                .param("job", done.taskInstance.getTaskName())
                .param("subject", done.taskInstance.getId())
                .param("version", done.version)
                .query(String.class)
                .optional()
                .map(Instant::parse);
    }

    /// Puts back what was not begun, with the failures that it had.
    void putBack(Execution picked, Instant until) {
        jdbc.sql("""
                update scheduled_tasks
                   set picked = false, picked_by = null, last_heartbeat = null, execution_time = :until,
                       version = version + 1
                 where task_name = :job and task_instance = :subject and version = :version
                """)
                .param("until", OffsetDateTime.ofInstant(until, ZoneOffset.UTC))
                .param("job", picked.taskInstance.getTaskName())
                .param("subject", picked.taskInstance.getId())
                .param("version", picked.version)
                .update();
    }
}
