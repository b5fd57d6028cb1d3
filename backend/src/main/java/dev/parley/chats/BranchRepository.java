package dev.parley.chats;

import dev.parley.shared.UserId;
import dev.parley.shared.Word;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Ways through a chat's tree. A branch is walked from its leaf or cursor upwards, with a limit: a chat of 10,000
/// messages costs what its page costs.
@Repository
class BranchRepository {
    private final JdbcClient jdbc;
    private final Rows rows;

    BranchRepository(JdbcClient jdbc, Rows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /// The branch from `leaf` towards its root, newest first, at most `most` messages.
    List<Message> upwards(UserId owner, UUID chat, UUID leaf, int most) {
        // The recursion finds ids alone; only what the page holds is read whole.
        return jdbc.sql("""
                with recursive branch (id, parent_id, depth) as (
                    select m.id, m.parent_id, 1
                      from message m
                     where m.id = :leaf and m.chat_id = :chat and m.owner_id = :owner
                    union all
                    select p.id, p.parent_id, b.depth + 1
                      from branch b
                      join message p on p.id = b.parent_id
                     where b.depth < :most
                )
                select\s""" + Rows.MESSAGE + """

                  from branch b
                  join message m on m.id = b.id
                 order by b.depth
                """)
                .param("leaf", leaf)
                .param("chat", chat)
                .param("owner", owner.value())
                .param("most", most)
                .query(rows::message)
                .list();
    }

    /// As [#upwards], with what a model is told alone, up to what stands below one of `ends` or makes it `mostBytes`.
    List<Conversation.Said> newest(
            UserId owner, UUID chat, UUID leaf, Collection<UUID> ends, int most, long mostBytes) {
        return jdbc.sql("""
                with recursive branch (id, parent_id, depth, bytes, total) as (
                    select m.id, m.parent_id, 1, octet_length(m.content), cast(octet_length(m.content) as bigint)
                      from message m
                     where m.id = :leaf and m.chat_id = :chat and m.owner_id = :owner
                    union all
                    select p.id, p.parent_id, b.depth + 1, octet_length(p.content), b.total + octet_length(p.content)
                      from branch b
                      join message p on p.id = b.parent_id
                     where b.depth < :most and b.total < :bytes and p.id <> all(:ends)
                )
                select b.id, b.parent_id, b.bytes, m.role, m.content
                  from branch b
                  join message m on m.id = b.id
                 order by b.depth
                """)
                .param("leaf", leaf)
                .param("chat", chat)
                .param("owner", owner.value())
                .param("ends", ends.toArray(UUID[]::new))
                .param("most", most)
                .param("bytes", mostBytes)
                .query((row, _) -> new Conversation.Said(
                        Rows.uuid(row, "id"),
                        row.getObject("parent_id", UUID.class),
                        Word.parse(Message.Role.class, row.getString("role")),
                        row.getString("content"),
                        row.getLong("bytes")))
                .list();
    }

    /// The branch from `leaf` down to, and without, `ancestor`: the `most` messages nearest to the ancestor, newest
    /// first. Empty when `ancestor` is not above `leaf`.
    List<Message> between(UserId owner, UUID chat, UUID ancestor, UUID leaf, int most) {
        return jdbc.sql("""
                with recursive branch (id, parent_id, depth) as (
                    select m.id, m.parent_id, 1
                      from message m
                     where m.id = :leaf and m.chat_id = :chat and m.owner_id = :owner
                    union all
                    select p.id, p.parent_id, b.depth + 1
                      from branch b
                      join message p on p.id = b.parent_id
                     where b.id <> :ancestor
                ), nearest as (
                    select id, depth from branch
                     where id <> :ancestor and exists (select from branch where id = :ancestor)
                     order by depth desc
                     limit :most
                )
                select\s""" + Rows.MESSAGE + """

                  from nearest b
                  join message m on m.id = b.id
                 order by b.depth
                """)
                .param("leaf", leaf)
                .param("ancestor", ancestor)
                .param("chat", chat)
                .param("owner", owner.value())
                .param("most", most)
                .query(rows::message)
                .list();
    }

    /// Of the whole tree, newest first.
    List<Message> tree(UserId owner, UUID chat, @Nullable UUID before, int most) {
        return jdbc.sql("select " + Rows.MESSAGE + """

                  from message m
                 where m.chat_id = :chat and m.owner_id = :owner
                   and (cast(:before as uuid) is null or m.id < cast(:before as uuid))
                 order by m.id desc
                 limit :most
                """)
                .param("chat", chat)
                .param("owner", owner.value())
                .param("before", before)
                .param("most", most)
                .query(rows::message)
                .list();
    }

    /// Of the whole tree, oldest first: parents before their children.
    List<Message> treeFrom(UserId owner, UUID chat, @Nullable UUID after, int most) {
        return jdbc.sql("select " + Rows.MESSAGE + """

                  from message m
                 where m.chat_id = :chat and m.owner_id = :owner
                   and (cast(:after as uuid) is null or m.id > cast(:after as uuid))
                 order by m.id
                 limit :most
                """)
                .param("chat", chat)
                .param("owner", owner.value())
                .param("after", after)
                .param("most", most)
                .query(rows::message)
                .list();
    }

    /// These messages, in the order in which they are named.
    List<Message> find(UserId owner, UUID chat, List<UUID> ids) {
        return jdbc.sql("select " + Rows.MESSAGE + """

                  from unnest(:ids) with ordinality as wanted (id, place)
                  join message m on m.id = wanted.id
                 where m.chat_id = :chat and m.owner_id = :owner
                 order by wanted.place
                """)
                .param("ids", ids.toArray(UUID[]::new))
                .param("chat", chat)
                .param("owner", owner.value())
                .query(rows::message)
                .list();
    }

    /// The newest leaf at or below a message.
    Optional<UUID> newestLeaf(UUID chat, UUID from) {
        return jdbc.sql("""
                with recursive below as (
                    select id from message where id = :from and chat_id = :chat
                    union all
                    select m.id from below b join message m on m.parent_id = b.id
                )
                select b.id
                  from below b
                 where not exists (select from message m where m.parent_id = b.id)
                 order by b.id desc
                 limit 1
                """)
                .param("from", from)
                .param("chat", chat)
                .query(BranchRepository::id)
                .optional();
    }

    Optional<UUID> newestLeafOf(UUID chat) {
        return jdbc.sql("""
                select m.id
                  from message m
                 where m.chat_id = :chat and not exists (select from message c where c.parent_id = m.id)
                 order by m.id desc
                 limit 1
                """).param("chat", chat).query(UUID.class).optional();
    }

    /// Whether `message` is `leaf` or above it.
    boolean isAbove(UUID message, UUID leaf) {
        return jdbc.sql("""
                with recursive branch as (
                    select id, parent_id from message where id = :leaf
                    union all
                    select p.id, p.parent_id
                      from branch b
                      join message p on p.id = b.parent_id
                     where b.id <> :message
                )
                select exists (select from branch where id = :message)
                """)
                .param("leaf", leaf)
                .param("message", message)
                .query(Boolean.class)
                .single();
    }

    /// The ids from the root down to `message`; empty when it is not in the chat.
    List<UUID> branchIds(UUID chat, UUID message) {
        return jdbc.sql("""
                with recursive branch (id, parent_id, depth) as (
                    select id, parent_id, 1 from message where id = :message and chat_id = :chat
                    union all
                    select p.id, p.parent_id, b.depth + 1 from branch b join message p on p.id = b.parent_id
                )
                select id from branch order by depth desc
                """)
                .param("message", message)
                .param("chat", chat)
                .query(BranchRepository::id)
                .list();
    }

    /// A message and all under it.
    List<UUID> subtree(UUID chat, UUID root) {
        return jdbc.sql("""
                with recursive below as (
                    select id from message where id = :root and chat_id = :chat
                    union all
                    select m.id from below b join message m on m.parent_id = b.id
                )
                select id from below
                """)
                .param("root", root)
                .param("chat", chat)
                .query(BranchRepository::id)
                .list();
    }

    private static UUID id(ResultSet row, int number) throws SQLException {
        return Rows.uuid(row, "id");
    }
}
