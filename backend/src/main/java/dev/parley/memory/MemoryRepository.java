package dev.parley.memory;

import dev.parley.memory.Memory.Source;
import dev.parley.memory.Memory.Status;
import dev.parley.shared.Cursor;
import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import dev.parley.shared.Word;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Memories, their sources, their history and their uses. What writes wants the owner held ([#hold]).
@Repository
class MemoryRepository {
    private static final String COLUMNS = """
            m.id, m.content, m.kind, m.status, m.created_at, m.updated_at, m.valid_from, m.valid_to, m.superseded_by,
            m.pinned, m.origin, m.used_at, m.used_count,
            array(select s.chat_id from memory_source s where s.memory_id = m.id order by s.message_id) as source_chats,
            array(select s.message_id from memory_source s where s.memory_id = m.id order by s.message_id) as source_ids
            """;

    private final JdbcClient jdbc;

    MemoryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Which memories are meant; null: any.
    record Filter(
            Status status,
            Memory.@Nullable Kind kind,
            @Nullable UUID chat) {}

    /// What is kept in memory about one.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Indexed(
            UUID id,
            Status status,
            String content,
            Instant at,
            byte @Nullable [] vector,
            @Nullable String vectorModel,
            long seq) {}

    /// Lets nobody else write what is remembered of this person until the transaction ends; false when the account is
    /// gone.
    boolean hold(UserId owner) {
        jdbc.sql("""
                insert into memory_owner (owner_id)
                select id from account where id = :owner
                on conflict do nothing
                """).param("owner", owner.value()).update();
        return jdbc.sql("select owner_id from memory_owner where owner_id = :owner for update")
                .param("owner", owner.value())
                .query(UUID.class)
                .optional()
                .isPresent();
    }

    /// All of whom something is remembered or indexed.
    List<UserId> owners() {
        return jdbc
                .sql("select owner_id from memory_owner order by owner_id")
                .query(MemoryRepository::id)
                .list()
                .stream()
                .map(UserId::new)
                .toList();
    }

    /// Those whose index was not yet gone through with this model, in the order of their ids.
    List<UserId> embeddedOtherwise(String model, @Nullable UUID last, int most) {
        return jdbc
                .sql("""
                        select owner_id from memory_owner
                         where embedded_with is distinct from :model
                           and (cast(:last as uuid) is null or owner_id > cast(:last as uuid))
                         order by owner_id
                         limit :most
                        """)
                .param("model", model)
                .param("last", last)
                .param("most", most)
                .query(MemoryRepository::id)
                .list()
                .stream()
                .map(UserId::new)
                .toList();
    }

    void embeddedWith(UserId owner, String model) {
        jdbc.sql(
                        "update memory_owner set embedded_with = :model where owner_id = :owner and embedded_with is distinct from :model")
                .param("model", model)
                .param("owner", owner.value())
                .update();
    }

    void raiseEpoch(UserId owner) {
        jdbc.sql("update memory_owner set epoch = epoch + 1 where owner_id = :owner")
                .param("owner", owner.value())
                .update();
    }

    List<Memory> page(UserId owner, Filter filter, @Nullable Cursor after, int limit) {
        return jdbc.sql("select " + COLUMNS + """
                  from memory m
                 where m.owner_id = :owner and m.status = :status
                   and (cast(:kind as text) is null or m.kind = :kind)
                   and (cast(:chat as uuid) is null or exists (
                        select from memory_source s where s.memory_id = m.id and s.chat_id = cast(:chat as uuid)))
                   and (cast(:at as timestamptz) is null
                        or (m.created_at, m.id) < (cast(:at as timestamptz), cast(:id as uuid)))
                 order by m.created_at desc, m.id desc
                 limit :limit
                """)
                .param("owner", owner.value())
                .param("status", filter.status().word())
                .param("kind", filter.kind() == null ? null : filter.kind().word())
                .param("chat", filter.chat())
                .param("at", after == null ? null : at(after.instant(0)))
                .param("id", after == null ? null : after.uuid(1))
                .param("limit", limit)
                .query(MemoryRepository::memory)
                .list();
    }

    /// All of a person, in the order of their ids.
    List<Memory> after(UserId owner, @Nullable UUID last, int most) {
        return jdbc.sql("select " + COLUMNS + """
                  from memory m
                 where m.owner_id = :owner and (cast(:last as uuid) is null or m.id > cast(:last as uuid))
                 order by m.id
                 limit :most
                """)
                .param("owner", owner.value())
                .param("last", last)
                .param("most", most)
                .query(MemoryRepository::memory)
                .list();
    }

    Optional<Memory> find(UserId owner, UUID id) {
        return jdbc.sql("select " + COLUMNS + " from memory m where m.id = :id and m.owner_id = :owner")
                .param("id", id)
                .param("owner", owner.value())
                .query(MemoryRepository::memory)
                .optional();
    }

    Map<UUID, Memory> find(UserId owner, Collection<UUID> ids) {
        Map<UUID, Memory> found = new HashMap<>();
        jdbc.sql("select " + COLUMNS + " from memory m where m.id = any(:ids) and m.owner_id = :owner")
                .param("ids", ids.toArray(UUID[]::new))
                .param("owner", owner.value())
                .query(MemoryRepository::memory)
                .list()
                .forEach(memory -> found.put(memory.id(), memory));
        return found;
    }

    /// Those that are told whatever is asked.
    List<Memory> alwaysTold(UserId owner, int most) {
        return jdbc.sql("select " + COLUMNS + """
                  from memory m
                 where m.owner_id = :owner and m.status = 'active'
                   and (m.pinned or m.kind = 'instruction' or m.slot in ('name', 'call'))
                 order by m.pinned desc, m.created_at desc, m.id desc
                 limit :most
                """)
                .param("owner", owner.value())
                .param("most", most)
                .query(MemoryRepository::memory)
                .list();
    }

    /// What is true of a person whatever they ask about, the weightiest first.
    List<Memory> profile(UserId owner, int most) {
        return jdbc.sql("select " + COLUMNS + """
                  from memory m
                 where m.owner_id = :owner and m.status = 'active'
                   and (m.pinned or m.slot is not null or m.kind = 'instruction' or m.importance >= 0.8)
                 order by (m.slot in ('name', 'call')) is true desc, m.pinned desc, m.kind = 'instruction' desc,
                          m.slot is not null desc, m.importance desc, m.used_count desc, m.created_at desc, m.id desc
                 limit :most
                """)
                .param("owner", owner.value())
                .param("most", most)
                .query(MemoryRepository::memory)
                .list();
    }

    /// What it took the place of.
    List<Memory> supersededBy(UserId owner, UUID id) {
        return jdbc.sql("select " + COLUMNS + """
                  from memory m
                 where m.superseded_by = :id and m.owner_id = :owner and m.status = 'superseded'
                 order by m.valid_from desc, m.id desc
                """)
                .param("id", id)
                .param("owner", owner.value())
                .query(MemoryRepository::memory)
                .list();
    }

    /// The one that holds this place, active.
    Optional<Memory> inSlot(UserId owner, String slot) {
        return jdbc.sql("select " + COLUMNS
                        + " from memory m where m.owner_id = :owner and m.slot = :slot and m.status = 'active'")
                .param("owner", owner.value())
                .param("slot", slot)
                .query(MemoryRepository::memory)
                .optional();
    }

    Optional<String> slot(UserId owner, UUID id) {
        return jdbc.sql("select slot from memory where id = :id and owner_id = :owner and slot is not null")
                .param("id", id)
                .param("owner", owner.value())
                .query(String.class)
                .optional();
    }

    /// Notes what a memory that waits is to take the place of.
    void replaces(UserId owner, UUID id, UUID past) {
        jdbc.sql("""
                update memory
                   set replaces = (select id from memory where id = :past and owner_id = :owner)
                 where id = :id and owner_id = :owner
                """)
                .param("past", past)
                .param("id", id)
                .param("owner", owner.value())
                .update();
    }

    /// What it is to take the place of, while that is active.
    Optional<Memory> replacedBy(UserId owner, UUID id) {
        return jdbc.sql("select " + COLUMNS + """
                  from memory m
                 where m.id = (select replaces from memory where id = :id and owner_id = :owner)
                   and m.owner_id = :owner and m.status = 'active'
                """)
                .param("id", id)
                .param("owner", owner.value())
                .query(MemoryRepository::memory)
                .optional();
    }

    /// One that says the same and did so at this time or later, whatever became of it.
    Optional<Memory> wasSameAs(UserId owner, String content, Instant since) {
        return jdbc.sql("select " + COLUMNS + """
                  from memory m
                 where m.owner_id = :owner and m.fingerprint = :fingerprint
                   and coalesce(m.valid_to, m.valid_from) >= :since
                 order by m.valid_from desc, m.id desc
                 limit 1
                """)
                .param("owner", owner.value())
                .param("fingerprint", Fingerprint.of(content))
                .param("since", at(since))
                .query(MemoryRepository::memory)
                .optional();
    }

    /// One that says the same, and is active, waits, or was rejected.
    Optional<Memory> sameAs(UserId owner, String content) {
        return jdbc.sql("select " + COLUMNS + """
                  from memory m
                 where m.owner_id = :owner and m.fingerprint = :fingerprint
                   and m.status in ('active', 'pending', 'rejected')
                """)
                .param("owner", owner.value())
                .param("fingerprint", Fingerprint.of(content))
                .query(MemoryRepository::memory)
                .optional();
    }

    void insert(UserId owner, UUID id, Learned learned, Status status, Instant now) {
        jdbc.sql("""
                insert into memory (id, owner_id, content, kind, slot, status, valid_from, importance, confidence,
                       origin, pinned, fingerprint, seq, created_at, updated_at)
                values (:id, :owner, :content, :kind, :slot, :status, :validFrom, :importance, :confidence,
                       :origin, :pinned, :fingerprint, nextval('memory_seq'), :now, :now)
                """)
                .param("id", id)
                .param("owner", owner.value())
                .param("content", learned.content())
                .param("kind", learned.kind().word())
                .param("slot", learned.slot())
                .param("status", status.word())
                .param("validFrom", at(learned.validFrom()))
                .param("importance", learned.importance())
                .param("confidence", learned.confidence())
                .param("origin", learned.origin().word())
                .param("pinned", learned.pinned())
                .param("fingerprint", Fingerprint.of(learned.content()))
                .param("now", at(now))
                .update();
        addSources(owner, id, learned.sources());
    }

    /// Those whose messages are there; the others cannot be shown anyway.
    void addSources(UserId owner, UUID id, List<Source> sources) {
        for (Source source : sources) {
            jdbc.sql("""
                    insert into memory_source (memory_id, message_id, chat_id, owner_id)
                    select :memory, m.id, m.chat_id, m.owner_id
                      from message m
                     where m.id = :message and m.owner_id = :owner
                    on conflict do nothing
                    """)
                    .param("memory", id)
                    .param("message", source.messageId())
                    .param("owner", owner.value())
                    .update();
        }
    }

    void write(
            UserId owner,
            UUID id,
            String content,
            Memory.Kind kind,
            @Nullable String slot,
            boolean pinned,
            Instant now) {
        jdbc.sql("""
                update memory
                   set content = :content, kind = :kind, slot = cast(:slot as text), pinned = :pinned,
                       fingerprint = :fingerprint,
                       vector = case when content = :content then vector end,
                       vector_model = case when content = :content then vector_model end,
                       seq = nextval('memory_seq'), updated_at = :now
                 where id = :id and owner_id = :owner
                """)
                .param("id", id)
                .param("owner", owner.value())
                .param("content", content)
                .param("kind", kind.word())
                .param("slot", slot)
                .param("pinned", pinned)
                .param("fingerprint", Fingerprint.of(content))
                .param("now", at(now))
                .update();
    }

    /// @param successor null where none takes its place
    void end(UserId owner, UUID id, Status status, @Nullable UUID successor, @Nullable Instant validTo, Instant now) {
        jdbc.sql("""
                update memory
                   set status = :status, superseded_by = cast(:successor as uuid),
                       valid_to = cast(:validTo as timestamptz), seq = nextval('memory_seq'), updated_at = :now
                 where id = :id and owner_id = :owner
                """)
                .param("id", id)
                .param("owner", owner.value())
                .param("status", status.word())
                .param("successor", successor)
                .param("validTo", validTo == null ? null : at(validTo))
                .param("now", at(now))
                .update();
    }

    /// @param successor what `now` are the words of, if that is another memory
    void note(
            UserId owner,
            UUID memory,
            String event,
            @Nullable String old,
            @Nullable String now,
            String cause,
            @Nullable Source source,
            @Nullable UUID successor,
            Instant at) {
        jdbc.sql("""
                insert into memory_event (id, memory_id, owner_id, event, old, new, cause, message_id, chat_id, successor,
                       at)
                values (:id, :memory, :owner, :event, :old, :new, :cause, cast(:message as uuid), cast(:chat as uuid),
                       cast(:successor as uuid), :at)
                """)
                .param("id", Ids.next())
                .param("memory", memory)
                .param("owner", owner.value())
                .param("event", event)
                .param("old", old)
                .param("new", now)
                .param("cause", cause)
                .param("message", source == null ? null : source.messageId())
                .param("chat", source == null ? null : source.chatId())
                .param("successor", successor)
                .param("at", at(at))
                .update();
    }

    List<Memory.Change> history(UserId owner, UUID memory) {
        return jdbc.sql("""
                select event, old, new, cause, message_id, chat_id, at
                  from memory_event
                 where memory_id = :memory and owner_id = :owner
                 order by id
                """)
                .param("memory", memory)
                .param("owner", owner.value())
                .query((row, _) -> new Memory.Change(
                        row.getString("event"),
                        row.getString("old"),
                        row.getString("new"),
                        instant(row, "at"),
                        row.getString("cause"),
                        row.getObject("message_id") == null
                                ? null
                                : new Source(
                                        row.getObject("chat_id", UUID.class), row.getObject("message_id", UUID.class))))
                .list();
    }

    /// The answers that used one of these memories.
    List<UUID> usesOf(UserId owner, Collection<UUID> memories) {
        return jdbc.sql("""
                select distinct u.message_id
                  from memory_use u
                  join memory m on m.id = u.memory_id
                 where u.memory_id = any(:ids) and m.owner_id = :owner
                """)
                .param("ids", memories.toArray(UUID[]::new))
                .param("owner", owner.value())
                .query(MemoryRepository::id)
                .list();
    }

    void noteUses(UserId owner, UUID answer, Collection<UUID> memories, Instant now) {
        jdbc.sql("""
                with used as (
                    update memory
                       set used_at = :now, used_count = used_count + 1
                     where id = any(:ids) and owner_id = :owner
                    returning id
                )
                insert into memory_use (memory_id, message_id)
                select used.id, m.id from used, message m where m.id = :answer and m.owner_id = :owner
                on conflict do nothing
                """)
                .param("now", at(now))
                .param("ids", memories.toArray(UUID[]::new))
                .param("owner", owner.value())
                .param("answer", answer)
                .update();
    }

    /// The messages that these memories were learned from.
    List<UUID> sourcesOf(UserId owner, Collection<UUID> memories) {
        return jdbc.sql(
                        "select distinct message_id from memory_source where memory_id = any(:ids) and owner_id = :owner")
                .param("ids", memories.toArray(UUID[]::new))
                .param("owner", owner.value())
                .query(MemoryRepository::id)
                .list();
    }

    /// Takes memories away with all that is known of them.
    void forget(UserId owner, Collection<UUID> ids) {
        jdbc.sql("""
                with untold as (
                    update memory_event set new = null where successor = any(:ids) and owner_id = :owner
                )
                delete from memory where id = any(:ids) and owner_id = :owner
                """)
                .param("ids", ids.toArray(UUID[]::new))
                .param("owner", owner.value())
                .update();
        raiseEpoch(owner);
    }

    /// All of it, and the index of all messages that there are.
    void forgetAll(UserId owner, UUID newestMessage) {
        jdbc.sql("delete from memory where owner_id = :owner")
                .param("owner", owner.value())
                .update();
        jdbc.sql("delete from memory_chat where owner_id = :owner")
                .param("owner", owner.value())
                .update();
        jdbc.sql("delete from memory_turn where owner_id = :owner")
                .param("owner", owner.value())
                .update();
        jdbc.sql("update memory_owner set epoch = epoch + 1, forgotten_to = :newest where owner_id = :owner")
                .param("newest", newestMessage)
                .param("owner", owner.value())
                .update();
    }

    /// Of these messages those that are forgotten.
    Set<UUID> forgotten(UserId owner, Collection<UUID> messages) {
        return new HashSet<>(jdbc.sql("""
                select asked.id
                  from unnest(:ids) as asked (id)
                 where exists (select from memory_forgotten f where f.message_id = asked.id and f.owner_id = :owner)
                    or exists (select from memory_owner o where o.owner_id = :owner and o.forgotten_to >= asked.id)
                """)
                .param("ids", messages.toArray(UUID[]::new))
                .param("owner", owner.value())
                .query(MemoryRepository::id)
                .list());
    }

    /// What changed after a place, in its order.
    List<Indexed> changes(UserId owner, long after, int most) {
        return jdbc.sql("""
                select id, status, content, created_at, vector, vector_model, seq
                  from memory
                 where owner_id = :owner and seq > :after
                 order by seq
                 limit :most
                """)
                .param("owner", owner.value())
                .param("after", after)
                .param("most", most)
                .query((row, _) -> new Indexed(
                        row.getObject("id", UUID.class),
                        Word.parse(Status.class, row.getString("status")),
                        row.getString("content"),
                        instant(row, "created_at"),
                        row.getBytes("vector"),
                        row.getString("vector_model"),
                        row.getLong("seq")))
                .list();
    }

    /// Memories that another model, or none, has embedded.
    Map<UUID, String> unembedded(UserId owner, String model, int most) {
        Map<UUID, String> contents = new HashMap<>();
        jdbc.sql("""
                select id, content from memory
                 where owner_id = :owner and vector_model is distinct from :model
                 order by seq desc
                 limit :most
                """)
                .param("owner", owner.value())
                .param("model", model)
                .param("most", most)
                .query((row, _) -> Map.entry(row.getObject("id", UUID.class), row.getString("content")))
                .list()
                .forEach(one -> contents.put(one.getKey(), one.getValue()));
        return contents;
    }

    /// Nothing when the content is another by now.
    ///
    /// @param vector null: the model has none for it, and is not asked again
    void embed(UserId owner, UUID id, String content, byte @Nullable [] vector, String model) {
        jdbc.sql("""
                update memory
                   set vector = :vector, vector_model = :model, seq = nextval('memory_seq')
                 where id = :id and owner_id = :owner and content = :content
                """)
                .param("vector", vector)
                .param("model", model)
                .param("id", id)
                .param("owner", owner.value())
                .param("content", content)
                .update();
    }

    /// Of those messages the sources of what was superseded or rejected, and of nothing that is active.
    List<UUID> pastSources(UserId owner, Collection<UUID> messages) {
        return jdbc.sql("""
                select s.message_id
                  from memory_source s
                  join memory m on m.id = s.memory_id
                 where s.message_id = any(:ids) and s.owner_id = :owner
                 group by s.message_id
                having bool_or(m.status in ('superseded', 'rejected')) and not bool_or(m.status = 'active')
                """)
                .param("ids", messages.toArray(UUID[]::new))
                .param("owner", owner.value())
                .query(MemoryRepository::id)
                .list();
    }

    private static Memory memory(ResultSet row, int number) throws SQLException {
        UUID[] chats = (UUID[]) row.getArray("source_chats").getArray();
        UUID[] messages = (UUID[]) row.getArray("source_ids").getArray();
        List<Source> sources = new ArrayList<>();
        for (int i = 0; i < messages.length; i++) {
            sources.add(new Source(chats[i], messages[i]));
        }
        return new Memory(
                row.getObject("id", UUID.class),
                row.getString("content"),
                Word.parse(Memory.Kind.class, row.getString("kind")),
                Word.parse(Status.class, row.getString("status")),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                instant(row, "valid_from"),
                row.getObject("valid_to") == null ? null : instant(row, "valid_to"),
                row.getObject("superseded_by", UUID.class),
                List.copyOf(sources),
                row.getBoolean("pinned"),
                Word.parse(Memory.Origin.class, row.getString("origin")),
                row.getObject("used_at") == null ? null : instant(row, "used_at"),
                row.getInt("used_count"));
    }

    static UUID id(ResultSet row, int number) throws SQLException {
        return Objects.requireNonNull(row.getObject(1, UUID.class));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
