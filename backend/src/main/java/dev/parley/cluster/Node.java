package dev.parley.cluster;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.database.Database;
import dev.parley.settings.StartFailure;
import dev.parley.shared.Ids;
import dev.parley.shared.Outage;
import dev.parley.shared.Roles;
import dev.parley.shared.Roles.Role;
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
/// nothing else can occupy; a node whose lease ran out is buried by another, and its work inherited. Who works in the
/// background alone has a lease too, and so has each command: nobody may replace the database under them.
@Component
public class Node implements SmartLifecycle {
    static final Duration LEASE = Duration.ofSeconds(6);
    static final Duration BEAT = Duration.ofSeconds(2);
    private static final Logger log = LoggerFactory.getLogger(Node.class);

    private final HikariDataSource connection;
    private final NodeRepository nodes;
    private final NodeRepository undertaker;
    private final boolean alone;
    private final boolean heir;
    private final ObjectProvider<Estate> estates;
    private @Nullable Ticker heart;
    private @Nullable Ticker burial;

    private volatile UUID id = Ids.next();
    private volatile boolean running;
    private boolean registered;
    private boolean stumbling;
    /// When the lease was last renewed, and since when it never ran out meanwhile; both of `System.nanoTime`.
    private volatile long renewedAt;

    private volatile long unbrokenSince;

    Node(Database database, JdbcClient jdbc, ObjectProvider<Estate> estates, Roles roles) {
        connection = database.dedicated("heartbeat", BEAT);
        nodes = new NodeRepository(JdbcClient.create(connection));
        undertaker = new NodeRepository(jdbc);
        alone = database.embedded();
        this.estates = estates;
        // Who writes no answers inherits none.
        heir = roles.has(Role.WEB);
    }

    /// The id under which this node holds its work. It changes when the node was taken for dead.
    public UUID id() {
        return id;
    }

    /// Registers, so that work can be held, before anything can be asked for it.
    @Override
    public void start() {
        register();
        registered = true;
        renewedAt = System.nanoTime();
        unbrokenSince = renewedAt;
        if (alone) {
            nodes.buryAllBut(id);
        }
        running = true;
        if (heir) {
            burial = Ticker.start("burial", BEAT, this::bury);
        }
        heart = Ticker.start("heartbeat", BEAT, this::beat);
    }

    private void register() {
        try {
            nodes.register(id, LEASE);
        } catch (DataAccessException e) {
            connection.close();
            throw new StartFailure(
                    "This process could not register in the database. If a backup is put back, or everything carried to"
                            + " another database, start again when that has ended.",
                    e);
        }
    }

    /// Whether others work with the database just now, commands among them.
    boolean hasOthers() {
        return undertaker.othersLive(id);
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

    /// Looks at once for what there is to inherit.
    public void inheritSoon() {
        if (burial != null) {
            burial.hurry();
        }
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
        long now = System.nanoTime();
        boolean held = registered && nodes.renew(id, LEASE);
        if (!held) {
            UUID buried = id;
            UUID next = Ids.next();
            nodes.register(next, LEASE);
            id = next;
            registered = true;
            log.warn("Node {} was taken for dead and goes on as {}.", buried, next);
        }
        if (!held || now - renewedAt > LEASE.toNanos()) {
            unbrokenSince = now;
        }
        renewedAt = now;
        if (!held) {
            inheritSoon();
        }
    }

    /// Apart from the heart, and over the requests' connections: however much there is to inherit, the lease is
    /// renewed.
    private void bury() {
        try {
            if (mayBury()) {
                if (!alone) {
                    undertaker.buryExpired(id);
                }
                undertaker.forgetDead();
            }
            estates.forEach(Estate::inherit);
        } catch (RuntimeException e) {
            if (!Outage.isOne(e)) {
                throw e;
            }
        }
    }

    /// After an outage of the database, or when this process stood still, everybody's lease may have run out; then
    /// nobody may conclude that others are dead until those had the time to renew.
    private boolean mayBury() {
        long now = System.nanoTime();
        return alone
                || (now - renewedAt < 2 * BEAT.toNanos()
                        && now - unbrokenSince > LEASE.toNanos()
                        && undertaker.databaseIsOlderThan(LEASE));
    }
}
