package dev.parley.admin;

import dev.parley.shared.Acting;
import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/// When operators read this person's chats; not which of them.
@Order(6)
@Component
class ExportedReadings implements ExportedPart {
    private static final Set<String> READINGS = Set.of(ChatReading.LISTED, ChatReading.READ);

    private final AuditRepository events;

    ExportedReadings(AuditRepository events) {
        this.events = events;
    }

    /// @param chatId null for a list of chats
    record Reading(Instant at, String action, @Nullable String chatId) {}

    @Override
    public String name() {
        return "readings_by_operators";
    }

    @Override
    public void write(UserId user, JsonGenerator json) {
        AuditRepository.Filter about = new AuditRepository.Filter(null, null, user.value(), null, null);
        ExportedPart.rows(json, (last, most) -> page(about, last, most), AuditRepository.Entry::id, entry -> {
            if (READINGS.contains(entry.action())) {
                json.writePOJO(
                        new Reading(entry.at(), entry.action(), entry.details().get(ChatReading.CHAT)));
            }
        });
    }

    /// The log is nobody's own: it shows nothing to whoever asks for it in their own name.
    private List<AuditRepository.Entry> page(AuditRepository.Filter about, @Nullable UUID last, int most) {
        try (var _ = Acting.asServer()) {
            return events.page(about, last, most);
        }
    }
}
