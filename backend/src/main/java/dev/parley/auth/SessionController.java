package dev.parley.auth;

import dev.parley.shared.Page;
import dev.parley.shared.PageRequest;
import dev.parley.web.Caller;
import dev.parley.web.CurrentUser;
import dev.parley.web.Envelope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Signing in")
@RestController
@RequestMapping("/api/v1/auth/sessions")
class SessionController {
    private final Sessions sessions;

    SessionController(Sessions sessions) {
        this.sessions = sessions;
    }

    @Operation(summary = "The devices that are signed in, last used first")
    @GetMapping
    Envelope<Page<SessionView>> list(
            @CurrentUser Caller caller,
            @RequestParam(defaultValue = "20") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return Envelope.ok(sessions.open(caller.user(), new PageRequest(limit, cursor))
                .map(session -> SessionView.of(session, caller)));
    }

    @Operation(summary = "Signs every other device out")
    @DeleteMapping
    Envelope<@Nullable Void> endOthers(@CurrentUser Caller caller) {
        sessions.endAll(caller.user(), caller.sessionId());
        return Envelope.done("Every other session is ended.");
    }

    @Operation(summary = "Signs a device out")
    @DeleteMapping("/{id}")
    Envelope<@Nullable Void> end(@CurrentUser Caller caller, @PathVariable UUID id) {
        sessions.end(id, caller.user());
        return Envelope.done("Session ended.");
    }

    record SessionView(UUID id, Instant createdAt, Instant lastUsedAt, String ip, String userAgent, boolean current) {
        static SessionView of(Session session, Caller caller) {
            return new SessionView(
                    session.id(),
                    session.createdAt(),
                    session.lastUsedAt(),
                    session.ip(),
                    session.userAgent(),
                    session.id().equals(caller.sessionId()));
        }
    }
}
