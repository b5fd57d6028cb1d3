package dev.parley;

import dev.parley.shared.Roles;
import dev.parley.shared.Roles.Role;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Tells whoever started the server where it answers.
@Component
class Announcement {
    private static final Logger log = LoggerFactory.getLogger(Announcement.class);

    /// Beyond it the heap alone may take what a small machine has.
    private static final long SMALL_HEAP = 256L << 20;

    private final Roles roles;
    private final String profile;

    Announcement(Roles roles, @Value("${PARLEY_PROFILE}") String profile) {
        this.roles = roles;
        this.profile = profile;
    }

    @EventListener
    void ready(WebServerInitializedEvent event) {
        long heap = Runtime.getRuntime().maxMemory();
        if (profile.equals("small") && heap > SMALL_HEAP) {
            log.warn(
                    "PARLEY_PROFILE is small, but the heap may take {} MB: start Java with the options of"
                            + " backend/small.options, or with -Xmx160m at least.",
                    heap >> 20);
        }
        Instant begun = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
        log.info(
                "{} http://localhost:{} after {} s.",
                roles.has(Role.WEB) ? "Parley is ready at" : "Parley works in the background and tells its health at",
                event.getWebServer().getPort(),
                "%.1f".formatted(Duration.between(begun, Instant.now()).toMillis() / 1000.0));
    }
}
