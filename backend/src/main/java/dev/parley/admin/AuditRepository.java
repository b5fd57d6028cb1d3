package dev.parley.admin;

import dev.parley.shared.AuditEvent;
import dev.parley.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Repository
class AuditRepository {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    AuditRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// A line of the log.
    record Entry(
            UUID id,
            Instant at,
            @Nullable UserId actor,
            String action,
            @Nullable UUID about,
            Map<String, String> details,
            String ip,
            String requestId) {}

    /// What is looked for: null is anything.
    record Filter(
            @Nullable String action,
            @Nullable UUID actor,
            @Nullable UUID about,
            @Nullable Instant since,
            @Nullable Instant before) {}

    void insert(UUID id, Instant at, AuditEvent event, String ip, String requestId) {
        UserId actor = event.actor();
        jdbc.sql("""
                insert into audit_event (id, at, actor_id, action, about_id, details, ip, request_id)
                values (:id, :at, :actor, :action, :about, :details::jsonb, :ip, :request)
                """)
                .param("id", id)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("actor", actor == null ? null : actor.value())
                .param("action", event.action())
                .param("about", event.about())
                .param("details", json.writeValueAsString(event.details()))
                .param("ip", ip)
                .param("request", requestId)
                .update();
    }

    /// The newest first: the ids are made in the order of time.
    ///
    /// @param after the id that the page lies behind, null for the first
    List<Entry> page(Filter filter, @Nullable UUID after, int most) {
        return jdbc.sql("""
                select id, at, actor_id, action, about_id, details, ip, request_id
                  from audit_event
                 where (:action::text is null or action = :action)
                   and (:actor::uuid is null or actor_id = :actor)
                   and (:about::uuid is null or about_id = :about)
                   and (:since::timestamptz is null or at >= :since)
                   and (:before::timestamptz is null or at < :before)
                   and (:after::uuid is null or id < :after)
                 order by id desc
                 limit :most
                """)
                .param("action", filter.action())
                .param("actor", filter.actor())
                .param("about", filter.about())
                .param("since", at(filter.since()))
                .param("before", at(filter.before()))
                .param("after", after)
                .param("most", most)
                .query(this::entry)
                .list();
    }

    private Entry entry(ResultSet row, int number) throws SQLException {
        UUID actor = row.getObject("actor_id", UUID.class);
        return new Entry(
                row.getObject("id", UUID.class),
                row.getTimestamp("at").toInstant(),
                actor == null ? null : new UserId(actor),
                row.getString("action"),
                row.getObject("about_id", UUID.class),
                json.readValue(row.getString("details"), new TypeReference<>() {}),
                row.getString("ip"),
                row.getString("request_id"));
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
