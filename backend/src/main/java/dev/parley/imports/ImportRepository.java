package dev.parley.imports;

import dev.parley.imports.ChatImport.Status;
import dev.parley.jobs.Subject;
import dev.parley.shared.Cursor;
import dev.parley.shared.UserId;
import dev.parley.shared.Word;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

@Repository
class ImportRepository {
    private static final String COLUMNS =
            "id, owner_id, status, format, remember, total, done, imported, skipped, failure, created_at, updated_at";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ImportRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void insert(UUID id, UserId owner, boolean remember, Instant now) {
        jdbc.sql("""
                insert into chat_import (id, owner_id, status, remember, created_at, updated_at)
                values (:id, :owner, 'queued', :remember, :now, :now)
                """)
                .param("id", id)
                .param("owner", owner.value())
                .param("remember", remember)
                .param("now", at(now))
                .update();
    }

    Optional<ChatImport> find(UserId owner, UUID id) {
        return jdbc.sql("select " + COLUMNS + " from chat_import where id = :id and owner_id = :owner")
                .param("id", id)
                .param("owner", owner.value())
                .query(this::row)
                .optional();
    }

    /// Newest first.
    List<ChatImport> list(UserId owner, @Nullable Cursor after, int most) {
        return jdbc.sql("select " + COLUMNS + """

                  from chat_import
                 where owner_id = :owner and (cast(:after as uuid) is null or id < cast(:after as uuid))
                 order by id desc
                 limit :most
                """)
                .param("owner", owner.value())
                .param("after", after == null ? null : after.uuid(0))
                .param("most", most)
                .query(this::row)
                .list();
    }

    /// Whether one waits or is worked on.
    boolean isBusy(UserId owner) {
        return jdbc.sql("""
                select exists (select from chat_import where owner_id = :owner and status in ('queued', 'running'))
                """).param("owner", owner.value()).query(Boolean.class).single();
    }

    /// Counts that it is begun once more.
    ///
    /// @return how often that was since anything of it was written
    int tryOnce(UserId owner, UUID id) {
        return jdbc.sql("""
                update chat_import set tries = tries + 1 where id = :id and owner_id = :owner returning tries
                """)
                .param("id", id)
                .param("owner", owner.value())
                .query(Integer.class)
                .single();
    }

    /// Says that the files of these are there.
    ///
    /// @return which of them are not over
    List<UUID> isHere(List<UUID> ids, Instant now) {
        return jdbc.sql("""
                update chat_import set updated_at = :now
                 where id = any(:ids) and status in ('queued', 'running')
                returning id
                """)
                .param("now", at(now))
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    /// Those that are not over, and of which nobody has said anything since.
    List<Subject> untouchedSince(Instant since) {
        return jdbc.sql("""
                select owner_id, id from chat_import
                 where status in ('queued', 'running') and updated_at < :since
                 order by id
                """)
                .param("since", at(since))
                .query((row, _) ->
                        new Subject(new UserId(row.getObject("owner_id", UUID.class)), row.getObject("id", UUID.class)))
                .list();
    }

    void begin(UserId owner, UUID id, Format format, int total, Instant now) {
        jdbc.sql("""
                update chat_import
                   set status = 'running', format = :format, total = :total, updated_at = :now
                 where id = :id and owner_id = :owner
                """)
                .param("format", format.word())
                .param("total", total)
                .param("now", at(now))
                .param("id", id)
                .param("owner", owner.value())
                .update();
    }

    /// In the transaction that writes the chats, so that none is counted that is not there, nor written twice.
    ///
    /// @throws Refused when it was deleted meanwhile, with its owner
    void note(Connection connection, UUID id, Tally tally, Instant now) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                update chat_import
                   set done = ?, imported = ?, skipped = cast(? as jsonb), updated_at = ?, tries = 0
                 where id = ?
                """)) {
            update.setInt(1, tally.done());
            update.setInt(2, tally.imported());
            update.setString(3, json.writeValueAsString(tally.skipped()));
            update.setObject(4, at(now));
            update.setObject(5, id);
            if (update.executeUpdate() == 0) {
                throw new Refused("Whoever sent it is gone.");
            }
        }
    }

    void end(UserId owner, UUID id, @Nullable String failure, Instant now) {
        jdbc.sql("""
                update chat_import
                   set status = case when cast(:failure as text) is null then 'done' else 'failed' end,
                       failure = :failure, updated_at = :now
                 where id = :id and owner_id = :owner and status in ('queued', 'running')
                """)
                .param("failure", failure)
                .param("now", at(now))
                .param("id", id)
                .param("owner", owner.value())
                .update();
    }

    private ChatImport row(ResultSet row, int number) throws SQLException {
        String format = row.getString("format");
        return new ChatImport(
                row.getObject("id", UUID.class),
                new UserId(row.getObject("owner_id", UUID.class)),
                Word.parse(Status.class, row.getString("status")),
                format == null ? null : Word.parse(Format.class, format),
                row.getBoolean("remember"),
                row.getInt("total"),
                new Tally(row.getInt("done"), row.getInt("imported"), skipped(row.getString("skipped"))),
                row.getString("failure"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private Map<Skipped, Integer> skipped(String column) {
        Map<Skipped, Integer> skipped = new EnumMap<>(Skipped.class);
        json.readTree(column)
                .forEachEntry((word, count) -> skipped.put(Word.parse(Skipped.class, word), count.intValue()));
        return skipped;
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
