package dev.parley.chats;

import dev.parley.chats.Message.Role;
import dev.parley.shared.UserId;
import dev.parley.shared.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What was said, for whoever remembers it: of chats that may be remembered, which temporary and deleted ones may not,
/// nor those whose owner says so.
@Repository
public class Transcripts {
    private static final String READABLE = """

            m.owner_id = :owner and m.status <> 'streaming' and m.content <> '' and c.deleted_at is null
            and not c.is_temporary and coalesce(c.settings ->> 'memory_enabled', 'true') <> 'false'
            """;
    private static final int BEGINNING = 1_000;
    private static final RowMapper<Text> TEXT = (row, _) -> new Text(
            Rows.uuid(row, "id"),
            Rows.uuid(row, "chat_id"),
            row.getObject("parent_id", UUID.class),
            Word.parse(Role.class, row.getString("role")),
            row.getString("content"),
            Rows.instant(row, "created_at"));

    private final JdbcClient jdbc;

    Transcripts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A message that has its end.
    public record Text(UUID id, UUID chatId, @Nullable UUID parentId, Role role, String content, Instant said) {
        /// Of an answer its question, of a question itself.
        public UUID origin() {
            return role == Role.ASSISTANT && parentId != null ? parentId : id;
        }
    }

    public Optional<Text> find(UserId owner, UUID id) {
        return Optional.ofNullable(find(owner, List.of(id)).get(id));
    }

    /// An answer below its question. Empty when the answer is gone.
    public List<Text> exchange(UserId owner, UUID answer) {
        List<Text> exchange = new ArrayList<>();
        find(owner, answer).ifPresent(ended -> {
            UUID question = ended.parentId();
            if (question != null) {
                find(owner, question).ifPresent(exchange::add);
            }
            exchange.add(ended);
        });
        return exchange;
    }

    public Map<UUID, Text> find(UserId owner, Collection<UUID> ids) {
        Map<UUID, Text> found = new HashMap<>();
        jdbc.sql("""
                select m.id, m.chat_id, m.parent_id, m.role, m.content, m.created_at
                  from message m
                  join chat c on c.id = m.chat_id
                 where m.id = any(:ids) and""" + READABLE)
                .param("ids", ids.toArray(UUID[]::new))
                .param("owner", owner.value())
                .query(TEXT)
                .list()
                .forEach(text -> found.put(text.id(), text));
        return found;
    }

    /// The messages of a chat after one, oldest first.
    public List<Text> ofChat(UserId owner, UUID chat, @Nullable UUID after, int most) {
        return jdbc.sql("""
                select m.id, m.chat_id, m.parent_id, m.role, m.content, m.created_at
                  from message m
                  join chat c on c.id = m.chat_id
                 where m.chat_id = :chat and (cast(:after as uuid) is null or m.id > cast(:after as uuid)) and""" + READABLE + " order by m.id limit :most")
                .param("chat", chat)
                .param("after", after)
                .param("owner", owner.value())
                .param("most", most)
                .query(TEXT)
                .list();
    }

    /// The first and the last things that somebody asked in a chat, oldest first; of a long one its beginning.
    ///
    /// @param most so many of either
    public List<Text> asked(UserId owner, UUID chat, int most) {
        String ofChat = """
                select m.id
                  from message m
                  join chat c on c.id = m.chat_id
                 where m.chat_id = :chat and m.role = 'user' and""" + READABLE;
        return jdbc.sql("with ends as ((" + ofChat + " order by m.id limit :most) union (" + ofChat + """
                 order by m.id desc limit :most))
                select m.id, m.chat_id, m.parent_id, m.role, left(m.content, :longest) as content, m.created_at
                  from ends
                  join message m on m.id = ends.id
                 order by m.id
                """)
                .param("chat", chat)
                .param("owner", owner.value())
                .param("most", most)
                .param("longest", BEGINNING)
                .query(TEXT)
                .list();
    }

    /// How many of these messages can be read.
    public int readable(UserId owner, Collection<UUID> ids) {
        return jdbc.sql("""
                select count(*)
                  from message m
                  join chat c on c.id = m.chat_id
                 where m.id = any(:ids) and""" + READABLE)
                .param("ids", ids.toArray(UUID[]::new))
                .param("owner", owner.value())
                .query(Integer.class)
                .single();
    }

    /// All chats of a person, in the order of their ids.
    public List<UUID> chats(UserId owner, @Nullable UUID after, int most) {
        return jdbc.sql("""
                select id from chat
                 where owner_id = :owner and deleted_at is null
                   and (cast(:after as uuid) is null or id > cast(:after as uuid))
                 order by id
                 limit :most
                """)
                .param("owner", owner.value())
                .param("after", after)
                .param("most", most)
                .query((row, _) -> Rows.uuid(row, "id"))
                .list();
    }

    /// The answers to these questions, whatever became of their chats.
    public List<UUID> answersTo(UserId owner, Collection<UUID> questions) {
        return jdbc.sql("""
                select id from message
                 where parent_id = any(:questions) and owner_id = :owner and role = 'assistant'
                """)
                .param("questions", questions.toArray(UUID[]::new))
                .param("owner", owner.value())
                .query((row, _) -> Rows.uuid(row, "id"))
                .list();
    }

    /// What these messages say, whatever became of their chats.
    public Map<UUID, String> contents(UserId owner, Collection<UUID> messages) {
        Map<UUID, String> contents = new HashMap<>();
        jdbc.sql("select id, content from message where id = any(:messages) and owner_id = :owner")
                .param("messages", messages.toArray(UUID[]::new))
                .param("owner", owner.value())
                .query(row -> {
                    contents.put(Rows.uuid(row, "id"), row.getString("content"));
                });
        return contents;
    }

    /// The answers that were told of one of these messages, of an answer that was, and so on; and those that were told
    /// what the chat of one was about that a person wrote.
    public List<UUID> toldOf(UserId owner, Collection<UUID> messages) {
        return jdbc.sql("select id from told_of(:owner, :messages) as told (id) where id <> all(:messages)")
                .param("messages", messages.toArray(UUID[]::new))
                .param("owner", owner.value())
                .query((row, _) -> Rows.uuid(row, "id"))
                .list();
    }

    /// The messages that an answer says it was told.
    public List<UUID> recalledIn(UserId owner, UUID answer) {
        return jdbc.sql("""
                select cast(told ->> 'message_id' as uuid) as id
                  from message m, jsonb_array_elements(m.metadata -> 'recalled') as told
                 where m.id = :answer and m.owner_id = :owner and jsonb_typeof(m.metadata -> 'recalled') = 'array'
                """)
                .param("answer", answer)
                .param("owner", owner.value())
                .query((row, _) -> Rows.uuid(row, "id"))
                .list();
    }

    /// The memories that an answer says it used.
    public List<UUID> memoriesIn(UserId owner, UUID answer) {
        return jdbc.sql("""
                select cast(used as uuid) as id
                  from message m, jsonb_array_elements_text(m.metadata -> 'memories') as used
                 where m.id = :answer and m.owner_id = :owner and jsonb_typeof(m.metadata -> 'memories') = 'array'
                """)
                .param("answer", answer)
                .param("owner", owner.value())
                .query((row, _) -> Rows.uuid(row, "id"))
                .list();
    }

    /// The answers that say they used one of these memories.
    public List<UUID> answersWith(UserId owner, Collection<UUID> memories) {
        return jdbc.sql("select id from answers_with(:owner, :memories) as answers (id)")
                .param("memories", memories.toArray(UUID[]::new))
                .param("owner", owner.value())
                .query((row, _) -> Rows.uuid(row, "id"))
                .list();
    }

    /// Takes all memories out of what answers say that they used.
    public void forgetMemories(UserId owner) {
        jdbc.sql("""
                update message m
                   set metadata = jsonb_set(m.metadata, '{memories}', '[]')
                  from chat c
                 where c.owner_id = :owner and m.chat_id = c.id and m.owner_id = :owner
                   and m.metadata -> 'memories' <> '[]'
                """).param("owner", owner.value()).update();
    }

    /// Takes memories out of what answers say that they used.
    public void forgetMemories(UserId owner, Collection<UUID> answers, Collection<UUID> memories) {
        if (answers.isEmpty()) {
            return;
        }
        jdbc.sql("""
                update message
                   set metadata = jsonb_set(metadata, '{memories}', coalesce(
                           (select jsonb_agg(used) from jsonb_array_elements(metadata -> 'memories') as used
                             where not cast(used #>> '{}' as uuid) = any(:memories)),
                           '[]'))
                 where id = any(:answers) and owner_id = :owner and jsonb_typeof(metadata -> 'memories') = 'array'
                """)
                .param("memories", memories.toArray(UUID[]::new))
                .param("answers", answers.toArray(UUID[]::new))
                .param("owner", owner.value())
                .update();
    }
}
