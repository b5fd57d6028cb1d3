package dev.parley.chats;

import dev.parley.shared.Word;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// Rows of this module's tables as records.
@Component
class Rows {
    private final Json json;

    Rows(Json json) {
        this.json = json;
    }

    /// The columns that [#chat] reads, of a table or alias `c`.
    static final String CHAT = """
            c.id, c.title, c.created_at, c.updated_at, c.active_at, c.is_archived, c.is_pinned, c.is_temporary,
            c.settings, c.current_message_id, c.message_count""";

    /// The columns that [#message] reads, of a table or alias `m`.
    static final String MESSAGE = """
            m.id, m.chat_id, m.parent_id, m.client_id, m.role, m.content, m.status, m.created_at, m.metadata, m.feedback,
            case when m.parent_id is null
                 then array(select s.id from message s where s.chat_id = m.chat_id and s.parent_id is null order by s.id)
                 else array(select s.id from message s where s.parent_id = m.parent_id order by s.id)
            end as siblings""";

    Chat chat(ResultSet row, int number) throws SQLException {
        return new Chat(
                uuid(row, "id"),
                row.getString("title"),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                instant(row, "active_at"),
                row.getBoolean("is_archived"),
                row.getBoolean("is_pinned"),
                row.getBoolean("is_temporary"),
                json.read(row.getString("settings"), ChatSettings.class),
                row.getObject("current_message_id", UUID.class),
                row.getInt("message_count"));
    }

    Message message(ResultSet row, int number) throws SQLException {
        String feedback = row.getString("feedback");
        Array siblings = row.getArray("siblings");
        return new Message(
                uuid(row, "id"),
                uuid(row, "chat_id"),
                row.getObject("parent_id", UUID.class),
                row.getObject("client_id", UUID.class),
                Word.parse(Message.Role.class, row.getString("role")),
                row.getString("content"),
                Word.parse(Message.Status.class, row.getString("status")),
                instant(row, "created_at"),
                json.read(row.getString("metadata"), Message.Metadata.class),
                feedback == null ? null : Word.parse(Message.Rating.class, feedback),
                List.of((UUID[]) siblings.getArray()));
    }

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
