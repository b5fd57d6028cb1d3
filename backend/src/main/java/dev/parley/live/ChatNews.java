package dev.parley.live;

import dev.parley.chats.ChatChanged;
import dev.parley.chats.ChatDeleted;
import dev.parley.chats.Chats;
import dev.parley.chats.Chats.Owned;
import dev.parley.chats.Chats.Standing;
import dev.parley.cluster.Signals;
import dev.parley.shared.Outage;
import dev.parley.shared.UserId;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/// Tells all of a person's connections, on every node, what changes in their chats. What happens within moments is told
/// together, and each node reads the chats of all its people with one question.
@Component
class ChatNews {
    private static final Logger log = LoggerFactory.getLogger(ChatNews.class);
    private static final String TOPIC = "chat.changed";
    private static final Duration TOGETHER = Duration.ofMillis(30);
    private static final Duration OUTAGE = Duration.ofSeconds(1);

    private final Connections connections;
    private final Chats chats;
    private final Frames frames;
    private final Signals signals;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Owned, Change> pending = new LinkedHashMap<>();
    private boolean telling;

    ChatNews(Connections connections, Chats chats, Frames frames, Signals signals) {
        this.connections = connections;
        this.chats = chats;
        this.frames = frames;
        this.signals = signals;
        signals.on(TOPIC, this::hear);
    }

    private enum Change {
        CREATED("chat.created"),
        UPDATED("chat.updated"),
        DELETED("chat.deleted");

        private final String type;

        Change(String type) {
            this.type = type;
        }

        /// What is left to say of both.
        Change and(Change later) {
            return later == UPDATED ? this : later;
        }
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(ChatChanged changed) {
        tell(changed.owner(), changed.chatId(), changed.isNew() ? Change.CREATED : Change.UPDATED);
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(ChatDeleted deleted) {
        tell(deleted.owner(), deleted.chatId(), Change.DELETED);
    }

    private void tell(UserId owner, UUID chat, Change change) {
        signals.tell(TOPIC, owner + "/" + chat + "/" + change);
    }

    private void hear(String body) {
        List<String> parts = List.of(body.split("/", 3));
        UserId owner = new UserId(UUID.fromString(parts.get(0)));
        if (connections.of(owner).isEmpty()) {
            return;
        }
        Owned chat = new Owned(owner, UUID.fromString(parts.get(1)));
        lock.lock();
        try {
            pending.merge(chat, Change.valueOf(parts.get(2)), Change::and);
            if (!telling) {
                telling = true;
                Thread.ofVirtual().name("chat-news").start(this::tellAll);
            }
        } finally {
            lock.unlock();
        }
    }

    private void tellAll() {
        try {
            Map<Owned, Change> news = afterAWhile(TOGETHER);
            while (news != null) {
                news = told(news) ? afterAWhile(TOGETHER) : again(news);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What has gathered until then; null when there is nothing, and this thread is done.
    private @Nullable Map<Owned, Change> afterAWhile(Duration pause) throws InterruptedException {
        Thread.sleep(pause);
        lock.lock();
        try {
            if (pending.isEmpty()) {
                telling = false;
                return null;
            }
            Map<Owned, Change> gathered = new LinkedHashMap<>(pending);
            pending.clear();
            return gathered;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Map<Owned, Change> again(Map<Owned, Change> untold) throws InterruptedException {
        lock.lock();
        try {
            untold.forEach((chat, change) -> pending.merge(chat, change, (later, earlier) -> earlier.and(later)));
        } finally {
            lock.unlock();
        }
        return afterAWhile(OUTAGE);
    }

    /// @return false while the database is away
    private boolean told(Map<Owned, Change> news) {
        try {
            Map<Owned, Standing> standings = new HashMap<>();
            for (Standing standing : chats.standings(news.keySet())) {
                standings.put(new Owned(standing.owner(), standing.chat().id()), standing);
            }
            news.forEach((chat, change) -> tell(chat, change, standings.get(chat)));
        } catch (RuntimeException e) {
            if (Outage.isOne(e)) {
                return false;
            }
            log.error("What changed in chats cannot be told.", e);
            news.keySet().forEach(chat -> connections.of(chat.owner()).forEach(Connection::resync));
        }
        return true;
    }

    /// What was undone meanwhile has news of its own.
    private void tell(Owned chat, Change change, @Nullable Standing standing) {
        boolean isThere = standing != null && !standing.isDeleted();
        if (isThere == (change == Change.DELETED)) {
            return;
        }
        String frame = standing == null ? Frames.chatGone(chat.chatId()) : frames.chat(change.type, standing.chat());
        Set<Connection> listeners = connections.of(chat.owner());
        for (Connection listener : listeners) {
            listener.post(frame);
            if (change == Change.DELETED) {
                listener.subscriptions().forget(chat.chatId());
            }
        }
    }
}
