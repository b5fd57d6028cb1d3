package dev.parley;

import dev.parley.shared.Roles;
import dev.parley.shared.Roles.Role;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Tells whoever started the server where it answers.
@Component
class Announcement {
    private static final Logger log = LoggerFactory.getLogger(Announcement.class);

    private final Roles roles;

    Announcement(Roles roles) {
        this.roles = roles;
    }

    @EventListener
    void ready(WebServerInitializedEvent event) {
        Instant begun = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
        log.info(
                "{} http://localhost:{} after {} s.",
                roles.has(Role.WEB) ? "Parley is ready at" : "Parley works in the background and tells its health at",
                event.getWebServer().getPort(),
                "%.1f".formatted(Duration.between(begun, Instant.now()).toMillis() / 1000.0));
    }
}
