package dev.parley.live;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.live.Incoming.Auth;
import dev.parley.shared.Acting;
import dev.parley.shared.CommonError;
import dev.parley.shared.Outage;
import dev.parley.shared.ParleyException;
import dev.parley.shared.Ticker;
import dev.parley.shared.UserId;
import dev.parley.web.Authenticator;
import dev.parley.web.Caller;
import dev.parley.web.Requests;
import dev.parley.web.SessionEnded;
import dev.parley.web.WebProperties;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/// The connections of this node: who may come in, whose they are, and when they have to go.
@Component
class Connections implements SmartLifecycle, Connection.Desk {
    private static final Logger log = LoggerFactory.getLogger(Connections.class);
    private static final Duration BEAT = Duration.ofMillis(500);
    private static final Duration LAST_WORDS = Duration.ofMillis(500);
    private static final Duration GOODBYES = Duration.ofSeconds(2);
    private static final Duration GLANCE = Duration.ofMillis(20);
    /// Between the moment at which a session is looked at and that at which its connection is known, a session can end.
    private static final Duration ENDED_LATELY = Duration.ofMinutes(1);

    private final Incoming incoming;
    private final Commands commands;
    private final Authenticator authenticator;
    private final LiveProperties properties;
    private final boolean limited;

    private final Set<Connection> all = ConcurrentHashMap.newKeySet();
    private final Map<UserId, Set<Connection>> byUser = new ConcurrentHashMap<>();
    private final Cache<UUID, Boolean> endedLately =
            Caffeine.newBuilder().expireAfterWrite(ENDED_LATELY).build();
    private @Nullable Ticker ticker;
    private volatile boolean leaving;

    Connections(
            Incoming incoming,
            Commands commands,
            Authenticator authenticator,
            LiveProperties properties,
            WebProperties web) {
        this.incoming = incoming;
        this.commands = commands;
        this.authenticator = authenticator;
        this.properties = properties;
        limited = web.rateLimits();
    }

    /// Those of a person.
    Set<Connection> of(UserId user) {
        return byUser.getOrDefault(user, Set.of());
    }

    Set<Connection> all() {
        return Set.copyOf(all);
    }

    Connection open(String name, Line line, Entry entry) {
        Connection opened = new Connection(name, line, properties, limited, System::nanoTime, this);
        all.add(opened);
        admit(opened, entry);
        if (leaving) {
            opened.close(Closing.GOING_AWAY);
        }
        return opened;
    }

    @Override
    public void receive(Connection from, String text) {
        try (var _ = Requests.inLog(from.frameName())) {
            Caller caller = from.caller();
            if (caller == null) {
                identify(from, text);
            } else {
                try (var _ = Acting.as(caller.user())) {
                    commands.carryOut(from, caller.user(), text);
                }
            }
        }
    }

    private void identify(Connection from, String text) {
        try {
            ObjectNode frame = incoming.parse(text);
            if (!Incoming.type(frame).equals("auth")) {
                from.close(Closing.NOT_AUTHENTICATED);
                return;
            }
            String token = incoming.read(frame, Auth.class).token();
            admit(from, Entry.of(authenticator.authenticate(token)));
        } catch (ParleyException e) {
            from.close(Closing.refused(e));
        } catch (RuntimeException e) {
            if (!Outage.isOne(e)) {
                log.error("Who a connection belongs to could not be found out.", e);
            }
            from.close(Closing.refused(
                    new ParleyException(CommonError.SERVICE_UNAVAILABLE, "The server cannot answer at the moment.")));
        }
    }

    private void admit(Connection coming, Entry entry) {
        switch (entry) {
            case Entry.SignedIn(Caller caller) -> enter(coming, caller);
            case Entry.Refused(ParleyException refusal) -> coming.close(Closing.refused(refusal));
            case Entry.Unknown() -> {}
        }
    }

    private void enter(Connection entering, Caller caller) {
        entering.identify(caller);
        Set<Connection> together = byUser.compute(caller.user(), (_, others) -> {
            Set<Connection> joined = others == null ? new HashSet<>() : new HashSet<>(others);
            joined.add(entering);
            return Set.copyOf(joined);
        });
        if (entering.isClosing()) {
            leave(entering);
        } else if (limited && together.size() > properties.mostConnections()) {
            entering.close(Closing.TOO_MANY);
        } else if (hasEnded(caller)) {
            entering.close(Closing.SESSION_ENDED);
        } else {
            entering.post(Frames.READY);
        }
    }

    private boolean hasEnded(Caller caller) {
        if (endedLately.getIfPresent(caller.sessionId()) == null) {
            return false;
        }
        try {
            return !authenticator.isBack(caller);
        } catch (DataAccessException e) {
            log.warn("Whether {} counts again could not be asked; its connection closes.", caller.sessionId(), e);
            return true;
        }
    }

    @EventListener
    void dismiss(SessionEnded ended) {
        endedLately.put(ended.sessionId(), true);
        for (Connection connection : all) {
            Caller caller = connection.caller();
            if (caller != null && caller.sessionId().equals(ended.sessionId())) {
                connection.close(Closing.SESSION_ENDED);
            }
        }
    }

    @Override
    public void leave(Connection leaving) {
        Caller caller = leaving.caller();
        if (caller != null) {
            byUser.computeIfPresent(caller.user(), (_, others) -> {
                Set<Connection> left = new HashSet<>(others);
                left.remove(leaving);
                return left.isEmpty() ? null : Set.copyOf(left);
            });
        }
    }

    @Override
    public void forget(Connection gone) {
        all.remove(gone);
    }

    @Override
    public void start() {
        leaving = false;
        ticker = Ticker.start("connections", BEAT, () -> all.forEach(Connection::beat));
    }

    @Override
    public void stop() {
        leaving = true;
        // Answers that have ended just now are heard out.
        await(LAST_WORDS, () -> all.stream().noneMatch(Connection::isFollowing));
        all.forEach(connection -> connection.close(Closing.GOING_AWAY));
        await(GOODBYES, all::isEmpty);
        if (ticker != null) {
            ticker.close();
            ticker = null;
        }
    }

    @Override
    public boolean isRunning() {
        return ticker != null;
    }

    /// After the answers have had the time to end, and before the server waits for its last requests.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 512;
    }

    private static void await(Duration patience, BooleanSupplier over) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (!over.getAsBoolean() && System.nanoTime() < end) {
                Thread.sleep(GLANCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
