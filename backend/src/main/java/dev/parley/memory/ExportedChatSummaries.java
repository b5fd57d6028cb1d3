package dev.parley.memory;

import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/// What each chat was about, as it is told to models.
@Order(5)
@Component
class ExportedChatSummaries implements ExportedPart {
    private final ChatSummaryRepository summaries;

    ExportedChatSummaries(ChatSummaryRepository summaries) {
        this.summaries = summaries;
    }

    @Override
    public String name() {
        return "chat_summaries";
    }

    @Override
    public void write(UserId user, JsonGenerator json) {
        ExportedPart.rows(json, (last, most) -> summaries.after(user, last, most), ChatSummary::chat, json::writePOJO);
    }
}
