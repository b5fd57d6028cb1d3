package dev.parley.memory;

import dev.parley.shared.UserId;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The index of what was said.
@Repository
class TurnRepository {
    private final JdbcClient jdbc;
    private final JdbcTemplate template;

    TurnRepository(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    /// How the index of a person stands.
    ///
    /// @param indexedTo null while nothing older than the index was looked for
    record State(long epoch, @Nullable UUID indexedTo) {}

    /// A turn and its place among the changes.
    record Changed(Turn turn, long seq) {}

    Optional<State> state(UserId owner) {
        return jdbc.sql("select epoch, indexed_to from memory_owner where owner_id = :owner")
                .param("owner", owner.value())
                .query((row, _) -> new State(row.getLong("epoch"), row.getObject("indexed_to", UUID.class)))
                .optional();
    }

    void indexedTo(UserId owner, UUID message) {
        jdbc.sql("update memory_owner set indexed_to = :message where owner_id = :owner")
                .param("message", message)
                .param("owner", owner.value())
                .update();
    }

    /// Has all chats looked at once more.
    void indexAgain(UserId owner) {
        jdbc.sql("update memory_owner set indexed_to = null where owner_id = :owner")
                .param("owner", owner.value())
                .update();
    }

    /// Wants the owner held. A message that is indexed, or gone, changes nothing.
    void insert(UserId owner, Turn turn) {
        jdbc.sql("""
                insert into memory_turn (message_id, owner_id, chat_id, speaker, said_at, terms, asks, timed, seq)
                select m.id, m.owner_id, m.chat_id, :speaker, :said, :terms, :asks, :timed, nextval('memory_seq')
                  from message m
                 where m.id = :id and m.owner_id = :owner
                on conflict do nothing
                """)
                .param("id", turn.id())
                .param("owner", owner.value())
                .param("speaker", turn.speaker())
                .param("said", MemoryRepository.at(turn.said()))
                .param("terms", bytes(turn.terms()))
                .param("asks", turn.asks())
                .param("timed", turn.timed())
                .update();
    }

    /// @param model whose vectors are wanted; those of another are left out
    List<Changed> changes(UserId owner, long after, String model, int most) {
        return BinaryRows.read(
                template,
                """
                select message_id, chat_id, speaker, said_at, terms, asks, timed, seq,
                       case when vector_model = ? then vector end as vector
                  from memory_turn
                 where owner_id = ? and seq > ?
                 order by seq
                 limit ?
                """,
                (row, _) -> new Changed(
                        new Turn(
                                row.getObject("message_id", UUID.class),
                                row.getObject("chat_id", UUID.class),
                                row.getInt("speaker"),
                                MemoryRepository.instant(row, "said_at"),
                                ints(row.getBytes("terms")),
                                row.getBoolean("asks"),
                                row.getBoolean("timed"),
                                row.getBytes("vector")),
                        row.getLong("seq")),
                model,
                owner.value(),
                after,
                most);
    }

    /// Turns that another model, or none, has embedded, newest first.
    List<UUID> unembedded(UserId owner, String model, int most) {
        return jdbc.sql("""
                select message_id from memory_turn
                 where owner_id = :owner and vector_model is distinct from :model
                 order by message_id desc
                 limit :most
                """)
                .param("owner", owner.value())
                .param("model", model)
                .param("most", most)
                .query(MemoryRepository::id)
                .list();
    }

    void embed(UserId owner, UUID message, byte @Nullable [] vector, String model) {
        jdbc.sql("""
                update memory_turn
                   set vector = :vector, vector_model = :model, seq = nextval('memory_seq')
                 where message_id = :message and owner_id = :owner
                """)
                .param("vector", vector)
                .param("model", model)
                .param("message", message)
                .param("owner", owner.value())
                .update();
    }

    /// Of these messages those that are indexed.
    Set<UUID> indexed(UserId owner, Collection<UUID> messages) {
        return new HashSet<>(
                jdbc.sql("select message_id from memory_turn where message_id = any(:ids) and owner_id = :owner")
                        .param("ids", messages.toArray(UUID[]::new))
                        .param("owner", owner.value())
                        .query(MemoryRepository::id)
                        .list());
    }

    /// Wants the owner held: these messages are neither found nor learned from any more.
    void forget(UserId owner, Collection<UUID> messages) {
        jdbc.sql("""
                with forgotten as (
                    insert into memory_forgotten (message_id, owner_id)
                    select id, owner_id from message where id = any(:messages) and owner_id = :owner
                    on conflict do nothing
                ), untold as (
                    delete from memory_chat
                     where chat_id in (select chat_id from message where id = any(:messages)) and owner_id = :owner
                )
                delete from memory_turn where message_id = any(:messages) and owner_id = :owner
                """)
                .param("messages", messages.toArray(UUID[]::new))
                .param("owner", owner.value())
                .update();
    }

    /// What is said while nobody is to remember it. A message that is indexed was said before.
    void passOver(UserId owner, Collection<UUID> messages) {
        jdbc.sql("""
                insert into memory_forgotten (message_id, owner_id)
                select m.id, m.owner_id
                  from message m
                 where m.id = any(:messages) and m.owner_id = :owner
                   and not exists (select from memory_turn t where t.message_id = m.id)
                on conflict do nothing
                """)
                .param("messages", messages.toArray(UUID[]::new))
                .param("owner", owner.value())
                .update();
    }

    static byte[] bytes(int[] terms) {
        ByteBuffer buffer = ByteBuffer.allocate(terms.length * Integer.BYTES);
        buffer.asIntBuffer().put(terms);
        return buffer.array();
    }

    static int[] ints(byte[] terms) {
        int[] ints = new int[terms.length / Integer.BYTES];
        ByteBuffer.wrap(terms).asIntBuffer().get(ints);
        return ints;
    }
}
