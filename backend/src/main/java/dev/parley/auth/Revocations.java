package dev.parley.auth;

import dev.parley.cluster.Signals;
import dev.parley.shared.Ticker;
import dev.parley.web.SessionEnded;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.event.TransactionalEventListener;

/// Which sessions have ended although access tokens of theirs would still be good. Known on the node that ends one at
/// once, and on the others by asking the database, when they are told to and all the time; where that does not work,
/// each request asks.
class Revocations {
    private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);

    /// Tells other nodes to look, each of them in the database.
    private static final String ENDED = "session.ended";

    private static final Duration STALE = Duration.ofSeconds(1);
    // An end becomes visible with its commit, some time after its timestamp.
    private static final Duration LATE_COMMITS = Duration.ofSeconds(30);
    private static final int START_ATTEMPTS = 30;
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private final SessionRepository watched;
    private final SessionRepository sessions;
    private final ApplicationEventPublisher events;
    private final AuthProperties properties;
    private final Clock clock;
    private final LongSupplier nanoTime;

    /// @param at when it ended, the last time
    /// @param until when that has to be remembered
    private record Known(Instant at, Instant until) {}

    private final Map<UUID, Known> ended = new ConcurrentHashMap<>();

    private final Duration every;
    private final Signals signals;
    private volatile @Nullable Ticker ticker;
    private volatile long lastAsked;
    private boolean away;

    /// @param watched over a connection of its own
    /// @param sessions for requests, over those that they share
    /// @param nanoTime measures how old the last answer is, whatever happens to the time of day
    /// @param every how long an end may go unnoticed when the hint of it is lost
    Revocations(
            SessionRepository watched,
            SessionRepository sessions,
            ApplicationEventPublisher events,
            AuthProperties properties,
            Clock clock,
            LongSupplier nanoTime,
            Duration every,
            Signals signals) {
        this.watched = watched;
        this.sessions = sessions;
        this.events = events;
        this.properties = properties;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.every = every;
        this.signals = signals;
        signals.on(ENDED, _ -> askSoon());
        signals.onGap(this::askSoon);
    }

    @PostConstruct
    void start() {
        lastAsked = nanoTime.getAsLong();
        // Nothing is open yet on a node that starts, so nobody has to be told of these.
        remember(endedLately());
        ticker = Ticker.start("revocations", every, this::beat);
    }

    /// Its connection is waited for a second at a time, which on a busy machine may not be enough for the first one.
    private List<Sessions.End> endedLately() {
        double recent = seconds(properties.accessTokenLifetime().plus(LATE_COMMITS));
        for (int attempt = 1; attempt < START_ATTEMPTS; attempt++) {
            try {
                return watched.endedWithin(recent);
            } catch (DataAccessException e) {
                LOG.debug("Ended sessions could not be read yet.", e);
            }
        }
        return watched.endedWithin(recent);
    }

    @PreDestroy
    void stop() {
        Ticker asking = ticker;
        if (asking != null) {
            asking.close();
        }
    }

    private void askSoon() {
        Ticker asking = ticker;
        if (asking != null) {
            asking.hurry();
        }
    }

    boolean isEnded(UUID session) {
        if (ended.containsKey(session)) {
            return true;
        }
        return nanoTime.getAsLong() - lastAsked > STALE.toNanos() && !sessions.isOpen(session);
    }

    @TransactionalEventListener(fallbackExecution = true)
    void on(Sessions.Ended here) {
        announce(here.ends());
        signals.tell(ENDED, "");
    }

    void ask() {
        long now = nanoTime.getAsLong();
        Duration sinceLast = Duration.ofNanos(now - lastAsked);
        announce(watched.endedWithin(seconds(sinceLast.plus(LATE_COMMITS))));
        lastAsked = now;
        Instant today = clock.instant();
        ended.values().removeIf(known -> known.until().isBefore(today));
    }

    private void beat() {
        try {
            ask();
            if (away) {
                LOG.info("Ended sessions are known again.");
            }
            away = false;
        } catch (RuntimeException e) {
            if (!away) {
                LOG.warn("Ended sessions cannot be read; each request asks by itself.", e);
            }
            away = true;
        }
    }

    private void announce(List<Sessions.End> ends) {
        for (UUID id : remember(ends)) {
            try {
                events.publishEvent(new SessionEnded(id));
            } catch (RuntimeException e) {
                // It is told once, so that one that cannot close keeps no other from it.
                LOG.error("Not everything of the ended session {} could be closed.", id, e);
            }
        }
    }

    /// Those of which this end was not known before.
    private Set<UUID> remember(List<Sessions.End> ends) {
        Instant until = clock.instant().plus(properties.accessTokenLifetime()).plus(CLOCKS_APART);
        Set<UUID> news = new LinkedHashSet<>();
        for (Sessions.End end : ends) {
            ended.compute(end.id(), (id, last) -> {
                if (last != null && !end.at().isAfter(last.at())) {
                    return last;
                }
                news.add(id);
                return new Known(end.at(), until);
            });
        }
        return news;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
