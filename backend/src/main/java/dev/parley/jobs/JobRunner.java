package dev.parley.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.parley.shared.Roles;
import dev.parley.shared.Roles.Role;
import dev.parley.shared.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/// Runs the jobs of this node, by db-scheduler.
@Component
class JobRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
    private static final int THREADS = 8;
    /// How long an instance waits for its like; each further one that is turned away waits as much longer, so that many
    /// that wait cost little.
    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final int LONGEST_BUSY = 30;
    /// What is not known here is another node's: one with another role, or of another version. It stays for ever.
    private static final Duration KEPT_FOR_OTHERS = Duration.ofDays(36_500);
    /// Until recurring work that failed is tried again, if it is not due before.
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Scheduler scheduler;
    private final JobFailures failures;
    private final Instances instances;
    private final TransactionOperations transactions;
    private volatile boolean running;

    JobRunner(
            DataSource database,
            List<Job> jobs,
            List<Recurring> recurring,
            Roles roles,
            JobFailures failures,
            Instances instances,
            TransactionOperations transactions) {
        this.failures = failures;
        this.transactions = transactions;
        this.instances = instances;
        List<Task<?>> tasks = jobs.stream()
                .filter(job -> roles.has(job.role()))
                .<Task<?>>map(this::oneTime)
                .toList();
        List<RecurringTask<Void>> again =
                roles.has(Role.WORKER) ? recurring.stream().map(this::recurring).toList() : List.of();
        scheduler = Scheduler.create(database, tasks)
                .startTasks(again)
                .deleteUnresolvedAfter(KEPT_FOR_OTHERS)
                .threads(THREADS)
                .executorService(Executors.newFixedThreadPool(
                        THREADS, Thread.ofVirtual().name("job-", 0).factory()))
                .pollingInterval(Duration.ofSeconds(1))
                .heartbeatInterval(Duration.ofSeconds(5))
                .serializer(new NoData())
                .failureLogging(LogLevel.WARN, false)
                .shutdownMaxWait(Duration.ofSeconds(5))
                .build();
    }

    @Override
    public void start() {
        scheduler.start();
        running = true;
    }

    @Override
    public void stop() {
        scheduler.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Until the last answer and request are over: these are what causes jobs.
    @Override
    public int getPhase() {
        return 0;
    }

    private Task<Void> oneTime(Job job) {
        Semaphore free = new Semaphore(job.atOnce());
        AtomicInteger turnedAway = new AtomicInteger();
        return Tasks.custom(job.name(), Void.class)
                .onFailure((complete, operations) -> retryOrGiveUp(job, complete, operations))
                .onDeadExecutionRevive()
                .execute((instance, _) -> {
                    if (!free.tryAcquire()) {
                        Duration wait = BUSY.multipliedBy(Math.min(turnedAway.incrementAndGet(), LONGEST_BUSY));
                        return (complete, _) -> instances.putBack(
                                complete.getExecution(), complete.getTimeDone().plus(wait));
                    }
                    turnedAway.set(0);
                    try {
                        traced(job.name(), () -> job.run(instance.getId()));
                    } finally {
                        free.release();
                    }
                    return this::end;
                });
    }

    private static void traced(String name, Runnable work) {
        Span span = Tracing.begin("job " + name);
        try (Tracing.Work _ = Tracing.at(span)) {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                span.setStatus(StatusCode.ERROR);
                throw e;
            }
        }
    }

    private void end(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        if (!instances.remove(complete.getExecution())) {
            runAgain(complete, operations);
        }
    }

    private void runAgain(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        instances.again(complete.getExecution()).ifPresent(at -> operations.reschedule(complete, at, null));
    }

    private void retryOrGiveUp(Job job, ExecutionComplete complete, ExecutionOperations<Void> operations) {
        String subject = complete.getExecution().taskInstance.getId();
        int attempts = complete.getExecution().consecutiveFailures + 1;
        boolean hopeless =
                complete.getCause().filter(Hopeless.class::isInstance).isPresent();
        if (attempts < job.attempts() && !hopeless) {
            log.warn(
                    "Job {} for {} failed for the {}. time and is tried again: {}",
                    job.name(),
                    subject,
                    attempts,
                    reason(complete));
            Duration wait = job.backoff().multipliedBy(1L << (attempts - 1));
            operations.reschedule(complete, complete.getTimeDone().plus(wait));
            return;
        }
        String reason = reason(complete);
        log.error("Job {} for {} is given up after {} attempts: {}", job.name(), subject, attempts, reason);
        // Together: a node that dies in between leaves what is tried, and told of, once more.
        Boolean removed = transactions.execute(_ -> {
            failures.record(job.name(), subject, attempts, reason);
            return instances.remove(complete.getExecution());
        });
        if (!Boolean.TRUE.equals(removed)) {
            runAgain(complete, operations);
        }
    }

    private static String reason(ExecutionComplete failed) {
        return failed.getCause().map(Throwable::toString).orElse("The node that ran it died.");
    }

    private RecurringTask<Void> recurring(Recurring work) {
        return Tasks.recurring(work.name(), FixedDelay.of(work.every()))
                .onFailure((complete, operations) -> goOnAfterFailure(work, complete, operations))
                .execute((instance, context) -> {
                    traced(work.name(), work::run);
                    if (context.getExecution().consecutiveFailures > 0) {
                        log.info("Recurring work {} is done again.", work.name());
                        failures.forget(work.name(), instance.getId());
                    }
                });
    }

    /// Nobody misses recurring work, so it is told of by itself: in the log when it begins to fail, and among what
    /// failed until it is done again.
    private void goOnAfterFailure(Recurring work, ExecutionComplete complete, ExecutionOperations<Void> operations) {
        Duration wait = work.every().compareTo(SOON) < 0 ? work.every() : SOON;
        operations.reschedule(complete, complete.getTimeDone().plus(wait));
        int attempts = complete.getExecution().consecutiveFailures + 1;
        String instance = complete.getExecution().taskInstance.getId();
        if (failures.recordStreak(work.name(), instance, attempts, reason(complete))) {
            log.error(
                    "Recurring work {} failed and is tried again.",
                    work.name(),
                    complete.getCause().orElse(null));
        }
    }

    /// A job's subject says it all; nothing is serialised.
    private static final class NoData implements Serializer {
        @Override
        public byte @Nullable [] serialize(@Nullable Object data) {
            return null;
        }

        @Override
        public <T> @Nullable T deserialize(Class<T> type, byte @Nullable [] bytes) {
            return null;
        }
    }
}
