package dev.parley.answers;

import dev.parley.answers.CutRepository.Kept;
import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/// What models wrote about a person's long chats for themselves.
@Order(3)
@Component
class ExportedSummaries implements ExportedPart {
    private static final int AT_ONCE = 100;

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
        json.writeStartArray();
        @Nullable UUID last = null;
        List<Kept> some;
        do {
            some = cuts.summaries(user, last, AT_ONCE);
            for (Kept summary : some) {
                json.writePOJO(summary);
                last = summary.messageId();
            }
        } while (some.size() == AT_ONCE);
        json.writeEndArray();
    }
}
