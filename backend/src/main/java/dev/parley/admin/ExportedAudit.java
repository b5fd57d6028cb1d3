package dev.parley.admin;

import dev.parley.shared.Batches;
import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/// What the audit log has of a person's own doing.
@Order(6)
@Component
class ExportedAudit implements ExportedPart {
    private static final int AT_ONCE = 500;

    private final AuditRepository events;

    ExportedAudit(AuditRepository events) {
        this.events = events;
    }

    record Line(Instant at, String action, @Nullable UUID about, Map<String, String> details, String ip) {}

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public void write(UserId user, JsonGenerator json) {
        AuditRepository.Filter own = new AuditRepository.Filter(null, user.value(), null, null, null);
        json.writeStartArray();
        Batches.read(
                AT_ONCE,
                (last, most) -> events.page(own, last, most),
                AuditRepository.Entry::id,
                entries -> entries.forEach(entry -> json.writePOJO(
                        new Line(entry.at(), entry.action(), entry.about(), entry.details(), entry.ip()))));
        json.writeEndArray();
    }
}
