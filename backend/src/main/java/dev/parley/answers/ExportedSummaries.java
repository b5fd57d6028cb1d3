package dev.parley.answers;

import dev.parley.answers.CutRepository.Kept;
import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/// What models wrote about a person's long chats for themselves.
@Order(3)
@Component
class ExportedSummaries implements ExportedPart {
    private final CutRepository cuts;

    ExportedSummaries(CutRepository cuts) {
        this.cuts = cuts;
    }

    @Override
    public String name() {
        return "summaries";
    }

    @Override
    public void write(UserId user, JsonGenerator json) {
        ExportedPart.rows(json, (last, most) -> cuts.summaries(user, last, most), Kept::messageId, json::writePOJO);
    }
}
