package dev.parley.admin;

import dev.parley.shared.AuditEvent;
import dev.parley.shared.Ids;
import dev.parley.web.Requests;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/// Writes down who did what, in the transaction that does it: neither is there without the other.
@Component
class AuditLog {
    private static final int LONGEST_IP = 64;

    private final AuditRepository events;
    private final Clock clock;

    AuditLog(AuditRepository events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    @EventListener
    void on(AuditEvent event) {
        String ip = "";
        String requestId = "";
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
            HttpServletRequest request = attributes.getRequest();
            ip = request.getRemoteAddr();
            requestId = Requests.id(request);
        }
        events.insert(
                Ids.next(), clock.instant(), event, ip.substring(0, Math.min(ip.length(), LONGEST_IP)), requestId);
    }
}
