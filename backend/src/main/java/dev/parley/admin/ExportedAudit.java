package dev.parley.admin;

import dev.parley.shared.Acting;
import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
import java.time.Instant;
import java.util.List;
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
        ExportedPart.rows(
                json,
                (last, most) -> page(own, last, most),
                AuditRepository.Entry::id,
                entry -> json.writePOJO(
                        new Line(entry.at(), entry.action(), entry.about(), entry.details(), entry.ip())));
    }

    /// The log is nobody's own: it shows nothing to whoever asks for it in their own name.
    private List<AuditRepository.Entry> page(AuditRepository.Filter own, @Nullable UUID last, int most) {
        try (var _ = Acting.asServer()) {
            return events.page(own, last, most);
        }
    }
}
