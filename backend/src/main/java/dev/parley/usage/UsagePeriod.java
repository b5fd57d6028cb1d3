package dev.parley.usage;

import java.time.Instant;

/// What an operator looks at: a stretch of time in slots of one length, in UTC.
public enum UsagePeriod {
    HOUR(5, 12),
    DAY(60, 24),
    MONTH(24 * 60, 30);

    private static final int SECONDS = 60;

    private final int slotMinutes;
    private final int slots;

    UsagePeriod(int slotMinutes, int slots) {
        this.slotMinutes = slotMinutes;
        this.slots = slots;
    }

    int slotMinutes() {
        return slotMinutes;
    }

    int slots() {
        return slots;
    }

    /// The beginning of a slot of this period, counted from the one in which `now` is.
    Instant slot(Instant now, int ago) {
        return slotOf(now, slotMinutes).minusSeconds((long) ago * slotMinutes * SECONDS);
    }

    static Instant slotOf(Instant time, int minutes) {
        long seconds = (long) minutes * SECONDS;
        return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
    }
}
