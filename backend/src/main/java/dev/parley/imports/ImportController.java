package dev.parley.imports;

import dev.parley.shared.CommonError;
import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.shared.ParleyException;
import dev.parley.shared.UserId;
import dev.parley.web.Authenticator;
import dev.parley.web.Caller;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController("chatImportController")
@RequestMapping("/api/v1/imports")
@Tag(name = "Imports")
class ImportController {
    private final Imports imports;
    private final Authenticator authenticator;
    private final UploadGate gate;

    ImportController(Imports imports, Authenticator authenticator, UploadGate gate) {
        this.imports = imports;
        this.authenticator = authenticator;
        this.gate = gate;
    }

    /// @param total how many chats the file has; 0 until it was looked through
    /// @param done how many of them were looked at
    /// @param imported how many of these are new
    /// @param failure why nothing, or nothing more, came of it; null where nothing failed
    record ImportView(
            UUID id,
            ChatImport.Status status,
            @Nullable Format format,
            int done,
            int total,
            int imported,
            List<SkippedView> skipped,
            @Nullable String failure,
            Instant createdAt) {
        static ImportView of(ChatImport one) {
            return new ImportView(
                    one.id(),
                    one.status(),
                    one.format(),
                    one.tally().done(),
                    one.total(),
                    one.tally().imported(),
                    one.tally().skipped().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(entry -> new SkippedView(entry.getKey(), entry.getValue()))
                            .toList(),
                    one.failure(),
                    one.createdAt());
        }
    }

    record SkippedView(Skipped reason, int count) {}

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Takes over the chats of a file of ChatGPT, Open WebUI, LibreChat or Parley, in the background",
            description = "With `remember=true` they may be recalled in other chats.")
    Envelope<ImportView> add(
            @CurrentUser Caller caller,
            @RequestParam("file") MultipartFile file,
            @RequestParam(defaultValue = "false") boolean remember,
            HttpServletRequest request) {
        if (file.isEmpty()) {
            throw new ParleyException(CommonError.MALFORMED_REQUEST, "The file is empty.");
        }
        // A large file takes its time.
        authenticator.requireStillIn(caller);
        ChatImport begun = imports.begin(caller.user(), file, remember);
        gate.leave(request);
        return Envelope.ok(ImportView.of(begun));
    }

    @GetMapping
    @Operation(summary = "The files that were imported, newest first")
    Envelope<Page<ImportView>> list(
            @CurrentUser UserId caller,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return Envelope.ok(imports.list(caller, new PageRequest(limit, cursor)).map(ImportView::of));
    }

    @GetMapping("/{id}")
    @Operation(summary = "How far an import is")
    Envelope<ImportView> get(@CurrentUser UserId caller, @PathVariable UUID id) {
        return Envelope.ok(ImportView.of(imports.get(caller, id)));
    }
}
