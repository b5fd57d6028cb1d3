package dev.parley.usage;

import dev.parley.shared.ExportedPart;
import dev.parley.shared.UserId;
import java.time.Instant;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;

/// What somebody used, day by day, for as long as it is known.
@Order(7)
@Component
class ExportedUsage implements ExportedPart {
    private final SlotRepository slots;

    ExportedUsage(SlotRepository slots) {
        this.slots = slots;
    }

    record Day(Instant day, String model, long answers, long promptTokens, long completionTokens, double cost) {}

    @Override
    public String name() {
        return "usage";
    }

    @Override
    public void write(UserId user, JsonGenerator json) {
        json.writeStartArray();
        slots.days(user)
                .forEach(one -> json.writePOJO(new Day(
                        one.starts(),
                        one.model(),
                        one.answers(),
                        one.promptTokens(),
                        one.completionTokens(),
                        Money.shown(one.cost()))));
        json.writeEndArray();
    }
}
