package dev.parley.chats;

import dev.parley.jobs.Recurring;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/// Deletes chats that nobody has written in for as long as the operator lets them lie: archived and pinned ones too,
/// or the policy would be one that anybody could switch off.
@Component
class Expiry implements Recurring {
    private static final int BATCH = 200;

    private final Chats chats;
    private final ChatsProperties properties;
    private final Clock clock;

    Expiry(Chats chats, ChatsProperties properties, Clock clock) {
        this.chats = chats;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "expire-chats";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        Integer days = properties.retention();
        if (days == null) {
            return;
        }
        Instant before = clock.instant().minus(Duration.ofDays(days));
        int gone = BATCH;
        while (gone == BATCH) {
            gone = chats.expire(before, BATCH);
        }
    }
}
