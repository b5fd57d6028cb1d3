package dev.parley.chats;

import dev.parley.chats.ChatRepository.Purged;
import dev.parley.database.Database;
import dev.parley.jobs.Recurring;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/// Removes for good what was deleted and cannot be restored any more, and temporary chats that have had their day.
@Component
class Purge implements Recurring {
    private static final Logger log = LoggerFactory.getLogger(Purge.class);
    private static final int BATCH = 100;
    private static final Duration BETWEEN_VACUUMS = Duration.ofHours(1);
    /// Where most of a chat stands.
    private static final List<String> TABLES = List.of("chat", "message", "chat_search", "message_search");

    private final ChatRepository chats;
    private final Database database;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private Instant vacuumed = Instant.EPOCH;

    Purge(ChatRepository chats, Database database, ApplicationEventPublisher events, Clock clock) {
        this.chats = chats;
        this.database = database;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "purge-chats";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        int all = 0;
        int some = BATCH;
        while (some == BATCH) {
            List<Purged> gone = chats.purge(now.minus(Chats.RESTORABLE), now.minus(Chats.TEMPORARY), BATCH);
            gone.stream()
                    .filter(chat -> !chat.wasDeleted())
                    .forEach(chat -> events.publishEvent(new ChatDeleted(chat.owner(), chat.chatId())));
            some = gone.size();
            all += some;
        }
        if (all > 0) {
            log.info("Purged {} deleted or expired chats.", all);
        }
        if (all >= BATCH && !now.isBefore(vacuumed.plus(BETWEEN_VACUUMS))) {
            vacuumed = now;
            giveBackTheirRoom();
        }
    }

    private void giveBackTheirRoom() {
        try {
            database.vacuum(TABLES);
        } catch (SQLException e) {
            log.warn("The room of the purged chats is given back later, by PostgreSQL itself: {}", e.getMessage());
        }
    }
}
