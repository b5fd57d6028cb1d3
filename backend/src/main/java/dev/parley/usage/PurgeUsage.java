package dev.parley.usage;

import dev.parley.jobs.Recurring;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// Lets go the fine sums of what was used, which nobody looks at any more.
@Component
class PurgeUsage implements Recurring {
    private final SlotRepository slots;
    private final Clock clock;

    PurgeUsage(SlotRepository slots, Clock clock) {
        this.slots = slots;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "purge-usage";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(30);
    }

    @Override
    public void run() {
        slots.purge(clock.instant());
    }
}
