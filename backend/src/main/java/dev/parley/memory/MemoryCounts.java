package dev.parley.memory;

import dev.parley.shared.UserId;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// How much is remembered, for who runs the server: numbers, never a word of it.
@Repository
public class MemoryCounts {
    private final JdbcClient jdbc;

    MemoryCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param people of whom anything is remembered or indexed
    /// @param memories by their status
    /// @param turns messages that can be found
    /// @param unembedded those of them that are found by words alone so far
    /// @param forgotten messages that were forgotten
    public record Counts(long people, Map<String, Long> memories, long turns, long unembedded, long forgotten) {}

    /// Of everybody. Reads all of it: not for a page that many look at.
    public Counts all() {
        return new Counts(
                count("select count(*) from memory_owner"),
                byStatus("select status, count(*) as count from memory group by status", null),
                count("select count(*) from memory_turn"),
                count("select count(*) from memory_turn where vector is null"),
                count("select count(*) from memory_forgotten"));
    }

    /// Of one person, by status.
    public Map<String, Long> of(UserId owner) {
        return byStatus("select status, count(*) as count from memory where owner_id = :owner group by status", owner);
    }

    private long count(String query) {
        return jdbc.sql(query).query(Long.class).single();
    }

    private Map<String, Long> byStatus(String query, @Nullable UserId owner) {
        Map<String, Long> counts = new TreeMap<>();
        JdbcClient.StatementSpec statement = jdbc.sql(query);
        (owner == null ? statement : statement.param("owner", owner.value())).query(row -> {
            counts.put(row.getString("status"), row.getLong("count"));
        });
        return counts;
    }
}
