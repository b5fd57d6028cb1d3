package dev.parley.auth;

import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

@Order(1)
@Component
class ExportedSessions implements ExportedPart {
    private final Sessions sessions;

    ExportedSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public void write(UserId user, JsonGenerator json) {
        ExportedPart.pages(json, page -> sessions.open(user, page));
    }
}
