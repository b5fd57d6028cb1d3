package dev.parley.cluster;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.database.Database;
import dev.parley.shared.Ids;
import dev.parley.shared.Outage;
import dev.parley.shared.Ticker;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// This process among those that share the database. It holds its work by one lease, renewed over a connection that
/// nothing else can occupy; a node whose lease ran out is buried by another, and its work inherited.
@Component
public class Node implements SmartLifecycle {
    static final Duration LEASE = Duration.ofSeconds(6);
    static final Duration BEAT = Duration.ofSeconds(2);
    private static final Logger log = LoggerFactory.getLogger(Node.class);

    private final HikariDataSource connection;
    private final NodeRepository nodes;
    private final NodeRepository undertaker;
    private final boolean alone;
    private final ObjectProvider<Estate> estates;
    private @Nullable Ticker heart;
    private @Nullable Ticker burial;

    private volatile UUID id = Ids.next();
    private volatile boolean running;
    private boolean registered;
    private boolean stumbling;
    private volatile long unbrokenSince;

    Node(Database database, JdbcClient jdbc, ObjectProvider<Estate> estates) {
        connection = database.dedicated("heartbeat", BEAT);
        nodes = new NodeRepository(JdbcClient.create(connection));
        undertaker = new NodeRepository(jdbc);
        alone = database.embedded();
        this.estates = estates;
    }

    /// The id under which this node holds its work. It changes when the node was taken for dead.
    public UUID id() {
        return id;
    }

    /// Registers, so that work can be held, before anything can be asked for it.
    @Override
    public void start() {
        nodes.register(id, LEASE);
        registered = true;
        unbrokenSince = System.nanoTime();
        if (alone) {
            nodes.buryAllBut(id);
        }
        running = true;
        heart = Ticker.start("heartbeat", BEAT, this::beat);
        burial = Ticker.start("burial", BEAT, this::bury);
    }

    @Override
    public void stop() {
        running = false;
        if (burial != null) {
            burial.close();
        }
        if (heart != null) {
            heart.close();
        }
        try {
            nodes.retire(id);
        } catch (DataAccessException e) {
            log.warn("Node {} could not sign off; its lease runs out by itself.", id);
        }
        connection.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Before everything that works under the lease, and the last to stop.
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1000;
    }

    private void beat() {
        try {
            renew();
            stumbling = false;
        } catch (RuntimeException e) {
            unbrokenSince = System.nanoTime();
            if (!stumbling) {
                log.warn("Node {} cannot renew its lease: {}", id, String.valueOf(e.getMessage()));
            }
            stumbling = true;
        }
    }

    private void renew() {
        if (registered && nodes.renew(id, LEASE)) {
            return;
        }
        UUID buried = id;
        UUID next = Ids.next();
        nodes.register(next, LEASE);
        id = next;
        registered = true;
        unbrokenSince = System.nanoTime();
        log.warn("Node {} was taken for dead and goes on as {}.", buried, next);
    }

    /// Apart from the heart, and over the requests' connections: however much there is to inherit, the lease is
    /// renewed.
    private void bury() {
        try {
            if (mayBury()) {
                if (!alone) {
                    undertaker.buryExpired();
                }
                estates.forEach(Estate::inherit);
                undertaker.forgetDead();
            }
        } catch (RuntimeException e) {
            if (!Outage.isOne(e)) {
                throw e;
            }
        }
    }

    /// After an outage of the database everybody's lease has run out; then nobody may conclude that others are dead
    /// until those had the time to renew.
    private boolean mayBury() {
        return alone || (System.nanoTime() - unbrokenSince > LEASE.toNanos() && undertaker.databaseIsOlderThan(LEASE));
    }
}
