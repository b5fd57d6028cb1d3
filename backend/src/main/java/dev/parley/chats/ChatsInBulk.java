package dev.parley.chats;

import dev.parley.shared.UserId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Whole chats, thousands at once, for what was not written here a message at a time. Nobody is told of them: whoever
/// has the web app open sees them at the next load.
@Component
public class ChatsInBulk {
    private final Json json;

    ChatsInBulk(Json json) {
        this.json = json;
    }

    /// @param currentMessageId the leaf of the branch that is shown
    /// @param messages parents before their children; an id's time is when it was written
    public record NewChat(
            UUID id,
            UserId owner,
            String title,
            boolean isArchived,
            boolean isPinned,
            ChatSettings settings,
            Instant createdAt,
            Instant activeAt,
            @Nullable UUID currentMessageId,
            List<NewMessage> messages) {}

    public record NewMessage(
            UUID id,
            @Nullable UUID parentId,
            Message.Role role,
            String content,
            Message.Status status,
            Message.Metadata metadata,
            Message.@Nullable Rating feedback,
            Instant createdAt) {}

    /// What else is written in the transaction of the chats.
    public interface Also {
        void in(Connection connection) throws SQLException;
    }

    /// Which of these are chats of this person, also deleted ones that may still be restored.
    public Set<UUID> existing(Connection connection, UserId owner, Collection<UUID> ids) throws SQLException {
        Set<UUID> existing = new HashSet<>();
        try (PreparedStatement select =
                connection.prepareStatement("select id from chat where owner_id = ? and id = any(?)")) {
            select.setObject(1, owner.value());
            select.setArray(2, connection.createArrayOf("uuid", ids.toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    existing.add(Rows.uuid(rows, "id"));
                }
            }
        }
        return existing;
    }

    public void write(Connection connection, List<NewChat> chats) throws SQLException {
        write(connection, chats, _ -> {});
    }

    /// All of them or, when it fails, none. What follows many calls is [#settle].
    ///
    /// @param connection the caller's, without a transaction
    public void write(Connection connection, List<NewChat> chats, Also also) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement settings = connection.createStatement()) {
            // What waits to be sorted into the text index is sorted at once, and not every few megabytes.
            settings.execute("set local gin_pending_list_limit = '1GB'");
            copyChats(connection, chats);
            copyMessages(connection, chats);
            copyWords(connection, chats);
            also.in(connection);
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /// Sorts into the text index what was written. It is for the caller to do now and then: every search looks
    /// through what waits, and of more than a gigabyte PostgreSQL sorts some at each row, with little memory.
    public void sort(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set maintenance_work_mem = '64MB'");
            statement.execute("select gin_clean_pending_list('message_search_tsv')");
            statement.execute("select gin_clean_pending_list('chat_search_tsv')");
        }
    }

    /// Sorts the rest, and tells the planner how much there is now: by the columns that it joins by. How frequent which
    /// word is takes long to find out, and is found out by autovacuum.
    public void settle(Connection connection) throws SQLException {
        sort(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("analyze chat, message (id, chat_id, owner_id, parent_id, role, status, created_at),"
                    + " chat_search (chat_id, owner_id), message_search (message_id, chat_id, owner_id)");
        }
    }

    private void copyChats(Connection connection, List<NewChat> chats) throws SQLException {
        try (CopyRows rows = new CopyRows(
                connection,
                "chat (id, owner_id, title, is_archived, is_pinned, settings, current_message_id, message_count,"
                        + " created_at, updated_at, active_at)")) {
            for (NewChat chat : chats) {
                rows.add(
                        chat.id(),
                        chat.owner(),
                        chat.title(),
                        chat.isArchived(),
                        chat.isPinned(),
                        json.write(chat.settings()),
                        chat.currentMessageId(),
                        chat.messages().size(),
                        chat.createdAt(),
                        chat.activeAt(),
                        chat.activeAt());
            }
            rows.end();
        }
    }

    private void copyMessages(Connection connection, List<NewChat> chats) throws SQLException {
        try (CopyRows rows = new CopyRows(
                connection,
                "message (id, chat_id, owner_id, parent_id, role, content, status, metadata, feedback, created_at)")) {
            for (NewChat chat : chats) {
                for (NewMessage message : chat.messages()) {
                    Message.Rating feedback = message.feedback();
                    rows.add(
                            message.id(),
                            chat.id(),
                            chat.owner(),
                            message.parentId(),
                            message.role().word(),
                            message.content(),
                            message.status().word(),
                            json.write(message.metadata()),
                            feedback == null ? null : feedback.word(),
                            message.createdAt());
                }
            }
            rows.end();
        }
    }

    private static void copyWords(Connection connection, List<NewChat> chats) throws SQLException {
        try (CopyRows rows = new CopyRows(connection, "chat_search (chat_id, owner_id, tsv)")) {
            for (NewChat chat : chats) {
                rows.add(chat.id(), chat.owner(), SearchText.vector(chat.owner(), chat.title()));
            }
            rows.end();
        }
        try (CopyRows rows = new CopyRows(connection, "message_search (message_id, chat_id, owner_id, tsv)")) {
            for (NewChat chat : chats) {
                for (NewMessage message : chat.messages()) {
                    rows.add(message.id(), chat.id(), chat.owner(), SearchText.vector(chat.owner(), message.content()));
                }
            }
            rows.end();
        }
    }
}
