package dev.parley.cluster;

import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Leases, all of them in the database's time: no clock of ours is trusted.
class NodeRepository {
    private final JdbcClient jdbc;

    NodeRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void register(UUID id, Duration lease) {
        jdbc.sql("insert into node (id, alive_until) values (:id, clock_timestamp() + :lease * interval '1 ms')")
                .param("id", id)
                .param("lease", lease.toMillis())
                .update();
    }

    /// False when the node has been buried: it never comes back under this id.
    boolean renew(UUID id, Duration lease) {
        return jdbc.sql("""
                update node set alive_until = clock_timestamp() + :lease * interval '1 ms'
                 where id = :id and not dead
                """).param("id", id).param("lease", lease.toMillis()).update() == 1;
    }

    /// Ends a node by its own will: its work can be taken at once.
    void retire(UUID id) {
        jdbc.sql("update node set dead = true where id = :id").param("id", id).update();
    }

    /// Whoever else used this database is dead: for the process that holds an embedded data directory alone.
    void buryAllBut(UUID id) {
        jdbc.sql("update node set dead = true where id <> :id and not dead")
                .param("id", id)
                .update();
    }

    /// @param self never buries itself: who can ask this is alive
    void buryExpired(UUID self) {
        jdbc.sql("update node set dead = true where not dead and alive_until < clock_timestamp() and id <> :self")
                .param("self", self)
                .update();
    }

    boolean othersLive(UUID self) {
        return jdbc.sql("""
                select exists (select from node where not dead and alive_until > clock_timestamp() and id <> :self)
                """).param("self", self).query(Boolean.class).single();
    }

    void forgetDead() {
        jdbc.sql("delete from node where dead").update();
    }

    boolean databaseIsOlderThan(Duration age) {
        return jdbc.sql("select clock_timestamp() - pg_postmaster_start_time() > :age * interval '1 ms'")
                .param("age", age.toMillis())
                .query(Boolean.class)
                .single();
    }
}
