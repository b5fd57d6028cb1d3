package dev.parley.admin;

import dev.parley.jobs.JobBoard;
import dev.parley.shared.AuditEvent;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.UserId;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Administration")
@RestController
@RequestMapping("/api/v1/admin/jobs")
class JobController {
    private final JobBoard board;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transactions;

    JobController(JobBoard board, ApplicationEventPublisher events, TransactionOperations transactions) {
        this.board = board;
        this.events = events;
        this.transactions = transactions;
    }

    @Operation(summary = "Each kind of background work, and how much of it waits, runs and was given up")
    @GetMapping
    Envelope<Page<JobBoard.JobKind>> kinds() {
        return Envelope.ok(new Page<>(board.kinds(), null));
    }

    @Operation(summary = "What was given up, the newest first")
    @GetMapping("/failures")
    Envelope<Page<JobBoard.FailedJob>> failures(
            @RequestParam(defaultValue = "20") int limit, @RequestParam(required = false) @Nullable String cursor) {
        return Envelope.ok(board.failures(new PageRequest(limit, cursor)));
    }

    @Operation(summary = "Has it done after all")
    @PostMapping("/failures/{id}/retry")
    Envelope<@Nullable Void> retry(@CurrentUser UserId caller, @PathVariable UUID id) {
        transactions.executeWithoutResult(_ -> note(caller, "job.retried", board.retry(id)));
        return Envelope.done("It is back in the queue.");
    }

    @Operation(summary = "Leaves it undone")
    @DeleteMapping("/failures/{id}")
    Envelope<@Nullable Void> dismiss(@CurrentUser UserId caller, @PathVariable UUID id) {
        transactions.executeWithoutResult(_ -> note(caller, "job.dismissed", board.dismiss(id)));
        return Envelope.done("It is left undone.");
    }

    private void note(UserId caller, String action, JobBoard.FailedJob failure) {
        events.publishEvent(new AuditEvent(caller, action, failure.id(), Map.of("job", failure.name())));
    }
}
