package dev.parley;

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

    @EventListener
    void ready(WebServerInitializedEvent event) {
        Instant begun = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
        log.info(
                "Parley is ready at http://localhost:{} after {} s.",
                event.getWebServer().getPort(),
                "%.1f".formatted(Duration.between(begun, Instant.now()).toMillis() / 1000.0));
    }
}
