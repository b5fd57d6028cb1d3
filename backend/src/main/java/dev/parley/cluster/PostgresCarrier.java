package dev.parley.cluster;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.database.Database;
import dev.parley.shared.Outage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// News by NOTIFY, which has two costs: each takes a lock that all who notify share, so there are at most twenty a
/// second of this node's; and none is kept for who does not listen at the moment.
final class PostgresCarrier implements Carrier {
    private static final Logger log = LoggerFactory.getLogger(PostgresCarrier.class);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /// After so long without news the server is asked whether it is there.
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private static final Duration LONGEST_RETRY = Duration.ofSeconds(2);
    /// PostgreSQL takes less than 8000 bytes.
    private static final int LARGEST = 7_900;

    private final Database database;
    private final HikariDataSource connection;
    private final JdbcClient jdbc;
    private final Outbox outbox = new Outbox();
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread sending;
    private @Nullable Thread listening;
    private volatile @Nullable Connection line;

    PostgresCarrier(Database database) {
        this.database = database;
        connection = database.dedicated("signals", PATIENCE);
        jdbc = JdbcClient.create(connection);
    }

    @Override
    public void start(String sender, Recipient recipient) {
        sending = Thread.ofPlatform().name("signals-out").daemon().start(() -> send(sender));
        listening = Thread.ofPlatform().name("signals-in").daemon().start(() -> listen(recipient));
    }

    @Override
    public void carry(Signal signal) {
        outbox.add(signal);
    }

    @Override
    public void close() {
        outbox.close();
        closed.countDown();
        try {
            Connection open = line;
            if (open != null) {
                open.abort(Runnable::run);
            }
            for (Thread thread : new Thread[] {sending, listening}) {
                if (thread != null) {
                    thread.join(PATIENCE.multipliedBy(2));
                }
            }
        } catch (SQLException e) {
            log.debug("The line for news was closed already.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    private void send(String sender) {
        boolean away = false;
        try {
            List<Signal> bundle = outbox.take();
            while (!bundle.isEmpty()) {
                try {
                    tell(sender, bundle);
                    bundle = List.of();
                    away = false;
                } catch (RuntimeException e) {
                    if (!away) {
                        log.warn("News for other nodes waits for the database: {}", String.valueOf(e.getMessage()));
                    }
                    away = true;
                    if (!Outage.isOne(e)) {
                        outbox.lost();
                        bundle = List.of(); // refused for good: what follows may be accepted
                    } else if (!isOpen()) {
                        return;
                    }
                }
                closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                if (bundle.isEmpty()) {
                    bundle = outbox.take();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(String sender, List<Signal> bundle) {
        jdbc.sql("select pg_notify('parley', bundle) from unnest(:bundles) as bundle")
                .param("bundles", Bundle.written(sender, bundle, LARGEST).toArray(String[]::new))
                .query((_, _) -> "")
                .list();
    }

    private void listen(Recipient recipient) {
        Duration retry = PAUSE;
        boolean away = false;
        try {
            while (isOpen()) {
                try (Connection open = database.connect("news", PATIENCE);
                        Statement statement = open.createStatement()) {
                    line = open;
                    statement.execute("listen parley");
                    if (away) {
                        log.info("News of other nodes arrives again.");
                    }
                    away = false;
                    retry = PAUSE;
                    recipient.missed();
                    hear(open, recipient);
                } catch (SQLException | RuntimeException e) {
                    if (!away && isOpen()) {
                        log.warn("News of other nodes does not arrive at the moment: {}", e.getMessage());
                    }
                    away = true;
                } finally {
                    line = null;
                }
                closed.await(retry.toMillis(), TimeUnit.MILLISECONDS);
                retry = retry.compareTo(LONGEST_RETRY) < 0 ? retry.multipliedBy(2) : LONGEST_RETRY;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear(Connection open, Recipient recipient) throws SQLException {
        PGConnection notified = open.unwrap(PGConnection.class);
        while (isOpen()) {
            PGNotification[] news = notified.getNotifications((int) SILENCE.toMillis());
            if (news.length == 0 && !open.isValid((int) PATIENCE.toSeconds())) {
                throw new SQLException("the database is silent");
            }
            for (PGNotification notification : news) {
                recipient.hear(notification.getParameter());
            }
        }
    }
}
