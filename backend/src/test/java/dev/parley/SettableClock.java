package dev.parley;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/// Time that passes when a test says so.
public final class SettableClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-22T10:54:00.123Z");

    public void pass(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        if (!Objects.equals(zone, getZone())) {
            throw new UnsupportedOperationException("This clock knows UTC only.");
        }
        return this;
    }
}
