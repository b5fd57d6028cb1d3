package dev.parley.chats;

import dev.parley.shared.Cursor;
import dev.parley.shared.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ChatRepository {
    private final JdbcClient jdbc;
    private final Rows rows;
    private final Json json;

    ChatRepository(JdbcClient jdbc, Rows rows, Json json) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.json = json;
    }

    List<Chat> page(UserId owner, boolean archived, @Nullable Cursor after, int rowLimit) {
        return jdbc.sql("select " + Rows.CHAT + """

                  from chat c
                 where c.owner_id = :owner and c.is_archived = :archived
                   and c.deleted_at is null and not c.is_temporary
                   and (:first or (c.is_pinned, c.active_at, c.id)
                                < (:pinned, cast(:active as timestamptz), cast(:id as uuid)))
                 order by c.is_pinned desc, c.active_at desc, c.id desc
                 limit :limit
                """)
                .param("owner", owner.value())
                .param("archived", archived)
                .param("first", after == null)
                .param("pinned", after != null && after.flag(0))
                .param("active", after == null ? null : Rows.at(after.instant(1)))
                .param("id", after == null ? null : after.uuid(2))
                .param("limit", rowLimit)
                .query(rows::chat)
                .list();
    }

    /// All chats of a person, in the order of their ids.
    List<Chat> after(UserId owner, @Nullable UUID last, int most) {
        return jdbc.sql("select " + Rows.CHAT + """

                  from chat c
                 where c.owner_id = :owner and c.deleted_at is null
                   and (cast(:last as uuid) is null or c.id > cast(:last as uuid))
                 order by c.id
                 limit :most
                """)
                .param("owner", owner.value())
                .param("last", last)
                .param("most", most)
                .query(rows::chat)
                .list();
    }

    /// A chat that was found, and by what: a message, or its title when there is no message.
    record Found(
            Chat chat,
            double rank,
            @Nullable UUID messageId,
            @Nullable String text) {}

    /// The function looks the words up: see the migration that makes it.
    static final String SEARCH = """
            with hit as (
                select * from search_hits(:owner, :archived, cast(:query as tsquery))
            ), best as (
                select distinct on (chat_id) chat_id, message_id, rank
                  from hit
                 order by chat_id, rank desc, message_id desc
            ), page as (
                select * from best
                 where :first or (rank, chat_id) < (cast(:rank as float8), cast(:id as uuid))
                 order by rank desc, chat_id desc
                 limit :limit
            )
            select\s""" + Rows.CHAT + """
            , p.rank, p.message_id as hit_id, coalesce(m.content, c.title) as hit_text
              from page p
              join chat c on c.id = p.chat_id
              left join message m on m.id = p.message_id
             order by p.rank desc, c.id desc
            """;

    List<Found> search(UserId owner, boolean archived, String query, @Nullable Cursor after, int rowLimit) {
        return jdbc.sql(SEARCH)
                .param("owner", owner.value())
                .param("archived", archived)
                .param("query", query)
                .param("first", after == null)
                .param("rank", after == null ? null : after.number(0))
                .param("id", after == null ? null : after.uuid(1))
                .param("limit", rowLimit)
                .query((row, number) -> new Found(
                        rows.chat(row, number),
                        row.getDouble("rank"),
                        row.getObject("hit_id", UUID.class),
                        row.getString("hit_text")))
                .list();
    }

    /// @return empty when the client's id was used before
    Optional<Chat> insert(
            UUID id,
            UserId owner,
            @Nullable UUID clientId,
            @Nullable String title,
            ChatSettings settings,
            boolean temporary,
            Instant now) {
        return jdbc.sql("""
                insert into chat as c
                       (id, owner_id, client_id, title, settings, is_temporary, created_at, updated_at, active_at)
                values (:id, :owner, :client, :title, cast(:settings as jsonb), :temporary, :now, :now, :now)
                on conflict on constraint chat_client_id do nothing
                returning\s""" + Rows.CHAT)
                .param("id", id)
                .param("owner", owner.value())
                .param("client", clientId)
                .param("title", title)
                .param("settings", json.write(settings))
                .param("temporary", temporary)
                .param("now", Rows.at(now))
                .query(rows::chat)
                .optional();
    }

    Optional<Chat> findByClientId(UserId owner, UUID clientId) {
        return jdbc.sql("select " + Rows.CHAT + """

                  from chat c
                 where c.owner_id = :owner and c.client_id = :client and c.deleted_at is null
                """)
                .param("owner", owner.value())
                .param("client", clientId)
                .query(rows::chat)
                .optional();
    }

    Optional<Chat> find(UserId owner, UUID id) {
        return jdbc.sql("select " + Rows.CHAT + """

                  from chat c
                 where c.id = :id and c.owner_id = :owner and c.deleted_at is null
                """)
                .param("id", id)
                .param("owner", owner.value())
                .query(rows::chat)
                .optional();
    }

    /// Whose a chat is; empty for one that is temporary or deleted.
    Optional<UserId> ownerOfLasting(UUID id) {
        return jdbc.sql("select owner_id from chat where id = :id and deleted_at is null and not is_temporary")
                .param("id", id)
                .query((row, _) -> new UserId(Rows.uuid(row, "owner_id")))
                .optional();
    }

    List<Chats.Standing> standings(Collection<Chats.Owned> asked) {
        return jdbc.sql("select " + Rows.CHAT + """
                , c.owner_id, c.deleted_at is not null as is_deleted
                  from unnest(:owners, :ids) as w (owner_id, id)
                  join chat c on c.id = w.id and c.owner_id = w.owner_id
                """)
                .param("owners", asked.stream().map(one -> one.owner().value()).toArray(UUID[]::new))
                .param("ids", asked.stream().map(Chats.Owned::chatId).toArray(UUID[]::new))
                .query((row, number) -> new Chats.Standing(
                        new UserId(Rows.uuid(row, "owner_id")), rows.chat(row, number), row.getBoolean("is_deleted")))
                .list();
    }

    /// Keeps others from changing the chat's tree until the transaction ends.
    Optional<Chat> lock(UserId owner, UUID id) {
        return jdbc.sql("select " + Rows.CHAT + """

                  from chat c
                 where c.id = :id and c.owner_id = :owner and c.deleted_at is null
                   for update
                """)
                .param("id", id)
                .param("owner", owner.value())
                .query(rows::chat)
                .optional();
    }

    void hold(UUID id) {
        jdbc.sql("select id from chat where id = :id for no key update")
                .param("id", id)
                .query((row, _) -> Rows.uuid(row, "id"))
                .optional();
    }

    Optional<Chat> update(UserId owner, UUID id, ChatChange change, Instant now) {
        return jdbc.sql("""
                update chat as c
                   set title = case when :retitle then cast(:title as text) else c.title end,
                       is_archived = coalesce(cast(:archived as boolean), c.is_archived),
                       is_pinned = coalesce(cast(:pinned as boolean), c.is_pinned),
                       settings = case when :replace then jsonb_strip_nulls(cast(:settings as jsonb))
                                       else jsonb_strip_nulls(c.settings || cast(:settings as jsonb)) end,
                       updated_at = :now
                 where c.id = :id and c.owner_id = :owner and c.deleted_at is null
                returning\s""" + Rows.CHAT)
                .param("id", id)
                .param("owner", owner.value())
                .param("retitle", change.retitle())
                .param("title", change.title())
                .param("archived", change.archived())
                .param("pinned", change.pinned())
                .param("replace", change.replaceSettings())
                .param("settings", change.settings())
                .param("now", Rows.at(now))
                .query(rows::chat)
                .optional();
    }

    /// Names a chat that nobody has named yet.
    Optional<Chat> nameIfUnnamed(UserId owner, UUID id, String title, Instant now) {
        return jdbc.sql("""
                update chat as c
                   set title = :title, updated_at = :now
                 where c.id = :id and c.owner_id = :owner and c.title is null
                returning\s""" + Rows.CHAT)
                .param("id", id)
                .param("owner", owner.value())
                .param("title", title)
                .param("now", Rows.at(now))
                .query(rows::chat)
                .optional();
    }

    void indexTitle(UserId owner, UUID id, @Nullable String title) {
        jdbc.sql("""
                insert into chat_search (chat_id, owner_id, tsv)
                values (:id, :owner, cast(:vector as tsvector))
                on conflict (chat_id) do update set tsv = excluded.tsv
                """)
                .param("id", id)
                .param("owner", owner.value())
                .param("vector", title == null ? "" : SearchText.vector(owner, title))
                .update();
    }

    boolean delete(UserId owner, UUID id, Instant now) {
        return jdbc.sql("""
                update chat set deleted_at = :now
                 where id = :id and owner_id = :owner and deleted_at is null
                """)
                        .param("id", id)
                        .param("owner", owner.value())
                        .param("now", Rows.at(now))
                        .update()
                == 1;
    }

    Optional<Chat> restore(UserId owner, UUID id, Instant deletedAfter) {
        return jdbc.sql("""
                update chat as c set deleted_at = null
                 where c.id = :id and c.owner_id = :owner and c.deleted_at > :after
                returning\s""" + Rows.CHAT)
                .param("id", id)
                .param("owner", owner.value())
                .param("after", Rows.at(deletedAfter))
                .query(rows::chat)
                .optional();
    }

    /// Hides chats whose last message is older. Who writes in one holds it, and it is passed over.
    List<Chats.Owned> expire(Instant before, Instant now, int most) {
        return jdbc.sql("""
                update chat
                   set deleted_at = :now, updated_at = :now
                 where id in (select id from chat
                               where active_at < :before and deleted_at is null and not is_temporary
                               limit :most
                                 for update skip locked)
                returning owner_id, id
                """)
                .param("before", Rows.at(before))
                .param("now", Rows.at(now))
                .param("most", most)
                .query((row, _) -> new Chats.Owned(new UserId(Rows.uuid(row, "owner_id")), Rows.uuid(row, "id")))
                .list();
    }

    /// What is gone for good.
    ///
    /// @param wasDeleted before, by its owner
    record Purged(UserId owner, UUID chatId, boolean wasDeleted) {}

    List<Purged> purge(Instant deletedBefore, Instant temporaryBefore, int most) {
        return jdbc.sql("""
                delete from chat
                 where id in (select id from chat where deleted_at <= :deleted
                               union all
                              select id from chat where is_temporary and created_at <= :temporary
                               limit :most)
                returning owner_id, id, deleted_at is not null as was_deleted
                """)
                .param("deleted", Rows.at(deletedBefore))
                .param("temporary", Rows.at(temporaryBefore))
                .param("most", most)
                .query((row, _) -> new Purged(
                        new UserId(Rows.uuid(row, "owner_id")), Rows.uuid(row, "id"), row.getBoolean("was_deleted")))
                .list();
    }

    void setCurrent(UUID id, @Nullable UUID message, int countChange, Instant now) {
        jdbc.sql("""
                update chat
                   set current_message_id = cast(:message as uuid), message_count = message_count + :change,
                       updated_at = :now
                 where id = :id
                """)
                .param("id", id)
                .param("message", message)
                .param("change", countChange)
                .param("now", Rows.at(now))
                .update();
    }
}
