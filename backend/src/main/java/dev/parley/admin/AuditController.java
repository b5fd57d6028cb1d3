package dev.parley.admin;

import dev.parley.shared.Batches;
import dev.parley.shared.CommonError;
import dev.parley.shared.Cursor;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.users.Directory;
import dev.parley.web.Envelope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@Tag(name = "Administration")
@RestController
@RequestMapping("/api/v1/admin/audit")
class AuditController {
    private static final int BATCH = 500;
    private static final long FARTHEST_SECONDS = 100_000_000_000L;

    private final AuditRepository events;
    private final Directory directory;
    private final JsonMapper json;

    AuditController(AuditRepository events, Directory directory, JsonMapper json) {
        this.events = events;
        this.directory = directory;
        this.json = json;
    }

    /// @param email null where there is no account with this id, or no longer
    record Named(UUID id, @Nullable String email) {}

    /// @param actor null: the command line, or the server by itself
    record AuditEntry(
            UUID id,
            Instant at,
            @Nullable Named actor,
            String action,
            @Nullable Named about,
            Map<String, String> details,
            String ip,
            String requestId) {}

    @Operation(summary = "Who did what, the newest first")
    @GetMapping
    Envelope<Page<AuditEntry>> list(
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable UUID actor,
            @RequestParam(required = false) @Nullable UUID about,
            @RequestParam(required = false) @Nullable Instant since,
            @RequestParam(required = false) @Nullable Instant before) {
        PageRequest request = new PageRequest(limit, cursor);
        Cursor after = Cursor.parse(request.cursor(), 1);
        List<AuditRepository.Entry> rows = events.page(
                filter(action, actor, about, since, before), after == null ? null : after.uuid(0), request.limit() + 1);
        Page<AuditRepository.Entry> page = Page.of(rows, request.limit(), entry -> Cursor.of(entry.id()));
        return Envelope.ok(new Page<>(views(page.items()), page.nextCursor()));
    }

    @Operation(summary = "The same as a file, a line of JSON for each")
    @GetMapping("/export")
    void export(
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable UUID actor,
            @RequestParam(required = false) @Nullable UUID about,
            @RequestParam(required = false) @Nullable Instant since,
            @RequestParam(required = false) @Nullable Instant before,
            HttpServletResponse response)
            throws IOException {
        response.setContentType("application/jsonl");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("parley-audit.jsonl")
                        .build()
                        .toString());
        OutputStream file = response.getOutputStream();
        AuditRepository.Filter filter = filter(action, actor, about, since, before);
        try {
            Batches.read(
                    BATCH,
                    (last, most) -> events.page(filter, last, most),
                    AuditRepository.Entry::id,
                    entries -> write(entries, file));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        file.flush();
    }

    private static AuditRepository.Filter filter(
            @Nullable String action,
            @Nullable UUID actor,
            @Nullable UUID about,
            @Nullable Instant since,
            @Nullable Instant before) {
        return new AuditRepository.Filter(action, actor, about, known("since", since), known("before", before));
    }

    /// The database does not know all times that can be written.
    private static @Nullable Instant known(String name, @Nullable Instant time) {
        if (time != null && Math.abs(time.getEpochSecond()) > FARTHEST_SECONDS) {
            throw new ParleyException(CommonError.MALFORMED_REQUEST, name + " is a time of these millennia.");
        }
        return time;
    }

    private void write(List<AuditRepository.Entry> entries, OutputStream file) {
        try {
            for (AuditEntry view : views(entries)) {
                file.write(json.writeValueAsBytes(view));
                file.write('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<AuditEntry> views(List<AuditRepository.Entry> entries) {
        Set<UserId> people = entries.stream()
                .flatMap(entry -> Stream.of(entry.actor(), about(entry)).flatMap(Stream::ofNullable))
                .collect(Collectors.toSet());
        Map<UserId, String> emails = directory.emails(people);
        return entries.stream()
                .map(entry -> new AuditEntry(
                        entry.id(),
                        entry.at(),
                        named(entry.actor(), emails),
                        entry.action(),
                        named(about(entry), emails),
                        entry.details(),
                        entry.ip(),
                        entry.requestId()))
                .toList();
    }

    private static @Nullable UserId about(AuditRepository.Entry entry) {
        UUID about = entry.about();
        return about == null ? null : new UserId(about);
    }

    private static @Nullable Named named(@Nullable UserId id, Map<UserId, String> emails) {
        return id == null ? null : new Named(id.value(), emails.get(id));
    }
}
