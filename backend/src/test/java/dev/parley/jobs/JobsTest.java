package dev.parley.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.task.Execution;
import dev.parley.ApiTest;
import dev.parley.shared.Ids;
import dev.parley.shared.Roles;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Jobs of the test's own, run by a runner of its own.
@ApiTest
@ExtendWith(OutputCaptureExtension.class)
class JobsTest {
    private static final int PATIENCE = 60;

    private final DataSource database;
    private final Jobs jobs;
    private final JobFailures failures;
    private final Instances instances;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final String subject = Ids.next().toString();
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore gate = new Semaphore(0);
    private @org.jspecify.annotations.Nullable JobRunner runner;

    JobsTest(
            @Autowired DataSource database,
            @Autowired Jobs jobs,
            @Autowired JobFailures failures,
            @Autowired Instances instances,
            @Autowired JdbcClient jdbc,
            @Autowired TransactionTemplate transaction) {
        this.database = database;
        this.jobs = jobs;
        this.failures = failures;
        this.instances = instances;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    private void start(Job... some) {
        start(instances, some);
    }

    private void start(Instances rows, Job... some) {
        start(rows, List.of(some), List.of());
    }

    private void start(Instances rows, List<Job> some, List<Recurring> recurring) {
        runner = new JobRunner(database, some, recurring, Roles.BOTH, failures, rows, transaction);
        runner.start();
    }

    @AfterEach
    void stop() {
        gate.release(100);
        if (runner != null) {
            runner.stop();
        }
        jdbc.sql("delete from scheduled_tasks where task_name like 'test-%'").update();
        jdbc.sql("delete from job_failure where task like 'test-%'").update();
    }

    private record Work(String name, int atOnce, Consumer<String> work) implements Job {
        @Override
        public void run(String subject) {
            work.accept(subject);
        }
    }

    private void pass(Semaphore semaphore) {
        try {
            assertThat(semaphore.tryAcquire(PATIENCE, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void slow() {
        begun.release();
        pass(gate);
    }

    private int rows(String job) {
        return jdbc.sql("select count(*) from scheduled_tasks where task_name = :job")
                .param("job", job)
                .query(Integer.class)
                .single();
    }

    @Test
    void whatIsEnqueuedWhileItRunsRunsOnceMore() {
        jobs.enqueue("test-again", subject, Duration.ZERO);
        start(new Work("test-again", 8, _ -> slow()));
        pass(begun);
        jobs.enqueue("test-again", subject, Duration.ZERO);
        jobs.enqueue("test-again", subject, Duration.ZERO);
        gate.release();
        pass(begun);
        gate.release();
        await().atMost(Duration.ofSeconds(PATIENCE)).until(() -> rows("test-again") == 0);
        assertThat(begun.availablePermits()).isZero();
    }

    @Test
    void workThatWaitsDoesNotBeginBeforeItsCauseIsCommitted() {
        jobs.enqueue("test-cause", subject, Duration.ZERO);
        transaction.executeWithoutResult(_ -> {
            jobs.enqueue("test-cause", subject, Duration.ZERO);
            // Another connection cannot have it meanwhile.
            assertThat(free("test-cause")).isZero();
        });
        assertThat(free("test-cause")).isEqualTo(1);
    }

    private int free(String job) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "select 1 from scheduled_tasks where task_name = ? for update skip locked")) {
            query.setString(1, job);
            try (var rows = query.executeQuery()) {
                return rows.next() ? 1 : 0;
            }
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatTakesLongLeavesThreadsToOthers() {
        for (int i = 0; i < 9; i++) {
            jobs.enqueue("test-slow", subject + i, Duration.ZERO);
        }
        Semaphore done = new Semaphore(0);
        start(new Work("test-slow", 2, _ -> slow()), new Work("test-quick", 8, _ -> done.release()));
        pass(begun);
        pass(begun);
        jobs.enqueue("test-quick", subject, Duration.ZERO);
        pass(done);
        assertThat(begun.availablePermits()).isZero();
        gate.release(100);
        await().atMost(Duration.ofSeconds(PATIENCE)).until(() -> rows("test-slow") == 0);
        assertThat(begun.availablePermits()).isEqualTo(7);
    }

    @Test
    void whatIsHopelessIsGivenUpAtOnce() {
        jobs.enqueue("test-hopeless", subject, Duration.ZERO);
        start(new Work("test-hopeless", 8, _ -> {
            begun.release();
            throw new Hopeless("Nobody can do this.", new IllegalStateException("no"));
        }));
        await().atMost(Duration.ofSeconds(PATIENCE))
                .until(() -> jdbc.sql("select count(*) from job_failure where instance = :subject and attempts = 1")
                                .param("subject", subject)
                                .query(Integer.class)
                                .single()
                        == 1);
        assertThat(begun.availablePermits()).isEqualTo(1);
        await().atMost(Duration.ofSeconds(PATIENCE)).until(() -> rows("test-hopeless") == 0);
    }

    private record Again(String name, Runnable work) implements Recurring {
        @Override
        public Duration every() {
            return Duration.ofMillis(100);
        }

        @Override
        public void run() {
            work.run();
        }
    }

    @Test
    void recurringWorkThatFailsIsToldOfUntilItIsDone(
            @Autowired JobBoard board, @Autowired Clock clock, CapturedOutput log) {
        AtomicBoolean broken = new AtomicBoolean(true);
        Recurring work = new Again("test-recurring", () -> {
            if (broken.get()) {
                throw new IllegalStateException("It is broken: " + subject);
            }
        });
        JobHealth health = new JobHealth(jdbc, clock, List.of(), List.of(work));
        start(instances, List.of(), List.of(work));

        await().atMost(Duration.ofSeconds(PATIENCE))
                .until(() -> String.valueOf(health.state().detail()).contains("test-recurring"));
        assertThat(health.state().status()).isEqualTo("degraded");
        await().atMost(Duration.ofSeconds(PATIENCE)).until(() -> attempts("test-recurring") >= 2);
        assertThat(failed(board, "test-recurring")).isEqualTo(1);
        assertThat(log.getOut().split("It is broken: " + subject, -1))
                .as("told once")
                .hasSize(2);

        broken.set(false);
        await().atMost(Duration.ofSeconds(PATIENCE)).until(() -> failed(board, "test-recurring") == 0);
        await().atMost(Duration.ofSeconds(PATIENCE))
                .until(() -> !String.valueOf(health.state().detail()).contains("test-recurring"));
    }

    /// A kind of work that an earlier or a later version has left waits for that version.
    @Test
    void onlyWorkThatIsKnownHereIsLate(@Autowired Clock clock) {
        jobs.enqueue("test-renamed", subject, Duration.ofHours(-1));
        Job known = new Work("test-known", 8, _ -> {});
        JobHealth health = new JobHealth(jdbc, clock, List.of(known), List.of());
        assertThat(health.state().status()).isEqualTo("ok");

        jobs.enqueue("test-known", subject, Duration.ofHours(-1));
        assertThat(health.state().detail()).isEqualTo("Background work is late.");
    }

    private int attempts(String job) {
        return jdbc.sql("select coalesce(max(attempts), 0) from job_failure where task = :job")
                .param("job", job)
                .query(Integer.class)
                .single();
    }

    private static long failed(JobBoard board, String job) {
        return board.kinds().stream()
                .filter(kind -> kind.name().equals(job))
                .mapToLong(JobBoard.JobKind::failed)
                .sum();
    }

    @Test
    void whatIsTriedAgainByItselfCanBeTriedNow(@Autowired JobBoard board) {
        jobs.enqueue("test-later", "recurring", Duration.ofHours(1));
        failures.recordStreak("test-later", "recurring", 1, "It is broken.");

        board.retry(jdbc.sql("select id from job_failure where task = 'test-later'")
                .query(UUID.class)
                .single());

        assertThat(jdbc.sql("select execution_time <= now() from scheduled_tasks where task_name = 'test-later'")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(attempts("test-later")).isZero();
    }

    @Test
    void whatIsTriedAgainSaysWhy(CapturedOutput log) {
        jobs.enqueue("test-reason", subject, Duration.ZERO);
        start(new Work("test-reason", 8, _ -> {
            throw new IllegalStateException("It is broken: " + subject);
        }));
        await().atMost(Duration.ofSeconds(PATIENCE))
                .until(() -> log.getOut()
                        .contains("Job test-reason for " + subject
                                + " failed for the 1. time and is tried again: java.lang.IllegalStateException: It is"
                                + " broken: " + subject));
    }

    /// It is tried again when its node is found to be dead, and would be told of twice.
    @Test
    void whatIsGivenUpIsTakenOutInTheSameMoment() {
        Semaphore died = new Semaphore(0);
        jobs.enqueue("test-cut", subject, Duration.ZERO);
        start(
                new Instances(jdbc) {
                    @Override
                    boolean remove(Execution done) {
                        died.release();
                        throw new IllegalStateException("The node dies here.");
                    }
                },
                new Work("test-cut", 8, _ -> {
                    throw new Hopeless("Nobody can do this.", new IllegalStateException("no"));
                }));
        pass(died);
        assertThat(jdbc.sql("select count(*) from job_failure where instance = :subject")
                        .param("subject", subject)
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}
