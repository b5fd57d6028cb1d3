package dev.parley.chats;

import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import dev.parley.shared.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class MessageRepository {
    private final JdbcClient jdbc;
    private final Rows rows;
    private final Json json;

    MessageRepository(JdbcClient jdbc, Rows rows, Json json) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.json = json;
    }

    Optional<Message> find(UserId owner, UUID chat, UUID id) {
        return jdbc.sql("select " + Rows.MESSAGE + """

                  from message m
                  join chat c on c.id = m.chat_id
                 where m.id = :id and m.chat_id = :chat and m.owner_id = :owner and c.deleted_at is null
                """)
                .param("id", id)
                .param("chat", chat)
                .param("owner", owner.value())
                .query(rows::message)
                .optional();
    }

    Optional<UUID> chatOf(UserId owner, UUID message) {
        return jdbc.sql("""
                select m.chat_id
                  from message m
                  join chat c on c.id = m.chat_id
                 where m.id = :id and m.owner_id = :owner and c.deleted_at is null
                """)
                .param("id", message)
                .param("owner", owner.value())
                .query(UUID.class)
                .optional();
    }

    boolean isStreaming(UUID message) {
        return jdbc.sql("select status = 'streaming' from message where id = :id")
                .param("id", message)
                .query(Boolean.class)
                .single();
    }

    /// Copies a branch, root first, into another chat of the same owner.
    ///
    /// @return of each message its copy, in their order
    Map<UUID, UUID> copy(List<UUID> branch, UUID into) {
        List<UUID> copies = Stream.generate(Ids::next).limit(branch.size()).toList();
        List<UUID> parents = new ArrayList<>(copies.size());
        parents.add(null);
        parents.addAll(copies.subList(0, copies.size() - 1));
        jdbc.sql("""
                with pair as (
                    select * from unnest(:from, :to, :parents) as pair (source, id, parent_id)
                ), copied as (
                    insert into message (id, chat_id, owner_id, parent_id, role, content, status, metadata, created_at)
                    select p.id, :chat, m.owner_id, p.parent_id, m.role, m.content, m.status, m.metadata, m.created_at
                      from pair p
                      join message m on m.id = p.source
                )
                insert into message_search (message_id, owner_id, chat_id, tsv)
                select p.id, s.owner_id, :chat, s.tsv
                  from pair p
                  join message_search s on s.message_id = p.source
                """)
                .param("from", branch.toArray(UUID[]::new))
                .param("to", copies.toArray(UUID[]::new))
                .param("parents", parents.toArray(UUID[]::new))
                .param("chat", into)
                .update();
        Map<UUID, UUID> pairs = new LinkedHashMap<>();
        for (int i = 0; i < branch.size(); i++) {
            pairs.put(branch.get(i), copies.get(i));
        }
        return pairs;
    }

    /// What a new message meets: its parent, the siblings it gets, and whether the client sent it before.
    ///
    /// @param parentStatus null when the parent is not in this chat
    record Place(
            Message.@Nullable Status parentStatus,
            List<UUID> siblings,
            @Nullable UUID sentBefore) {}

    Place place(UUID chat, @Nullable UUID parent, @Nullable UUID clientId) {
        return jdbc.sql("""
                select p.status,
                       case when cast(:parent as uuid) is null
                            then array(select id from message where chat_id = :chat and parent_id is null order by id)
                            else array(select id from message where parent_id = cast(:parent as uuid) order by id)
                       end as siblings,
                       (select id from message where chat_id = :chat and client_id = cast(:client as uuid)) as before
                  from (select 1) one
                  left join message p on p.id = cast(:parent as uuid) and p.chat_id = :chat
                """)
                .param("chat", chat)
                .param("parent", parent)
                .param("client", clientId)
                .query((row, _) -> {
                    String status = row.getString("status");
                    return new Place(
                            status == null ? null : Word.parse(Message.Status.class, status),
                            List.of((UUID[]) row.getArray("siblings").getArray()),
                            row.getObject("before", UUID.class));
                })
                .single();
    }

    /// A question and its answer to be, in one statement with what they change about the chat.
    void insertExchange(UserId owner, Message question, Message answer) {
        jdbc.sql("""
                with question as (
                    insert into message
                           (id, chat_id, owner_id, parent_id, client_id, role, content, status, created_at)
                    values (:question, :chat, :owner, cast(:parent as uuid), cast(:client as uuid), 'user', :content,
                            'complete', :now)
                ), searchable as (
                    insert into message_search (message_id, owner_id, chat_id, tsv)
                    values (:question, :owner, :chat, cast(:vector as tsvector))
                ), answer as (
                    insert into message (id, chat_id, owner_id, parent_id, role, content, status, metadata, created_at)
                    values (:answer, :chat, :owner, :question, 'assistant', '', 'streaming',
                            cast(:metadata as jsonb), :now)
                )
                update chat
                   set current_message_id = :answer, message_count = message_count + 2, active_at = :now,
                       updated_at = :now
                 where id = :chat
                """)
                .param("question", question.id())
                .param("answer", answer.id())
                .param("chat", question.chatId())
                .param("owner", owner.value())
                .param("parent", question.parentId())
                .param("client", question.clientId())
                .param("content", question.content())
                .param("vector", SearchText.vector(owner, question.content()))
                .param("metadata", json.write(answer.metadata()))
                .param("now", Rows.at(question.timestamp()))
                .update();
    }

    /// Another answer to a question that is there.
    void insertAnswer(UserId owner, Message answer) {
        jdbc.sql("""
                with answer as (
                    insert into message
                           (id, chat_id, owner_id, parent_id, client_id, role, content, status, metadata, created_at)
                    values (:answer, :chat, :owner, :question, cast(:client as uuid), 'assistant', '', 'streaming',
                            cast(:metadata as jsonb), :now)
                )
                update chat
                   set current_message_id = :answer, message_count = message_count + 1, active_at = :now,
                       updated_at = :now
                 where id = :chat
                """)
                .param("answer", answer.id())
                .param("chat", answer.chatId())
                .param("owner", owner.value())
                .param("question", answer.parentId())
                .param("client", answer.clientId())
                .param("metadata", json.write(answer.metadata()))
                .param("now", Rows.at(answer.timestamp()))
                .update();
    }

    /// How the chat stands when one of its answers has ended.
    record Ended(UserId owner, UUID chatId, boolean chatHasTitle, boolean temporary, boolean remembered) {}

    /// Gives a streaming answer its end. Empty when it has one, or is deleted.
    Optional<Ended> finish(
            UserId owner, UUID answer, String content, Message.Status status, Message.Metadata metadata, Instant now) {
        return jdbc.sql("""
                with ended as (
                    update message
                       set content = :content, status = :status, metadata = cast(:metadata as jsonb)
                     where id = :answer and owner_id = :owner and status = 'streaming'
                    returning id, owner_id, chat_id
                ), searchable as (
                    insert into message_search (message_id, owner_id, chat_id, tsv)
                    select id, owner_id, chat_id, cast(:vector as tsvector) from ended
                    on conflict (message_id) do nothing
                )
                update chat c
                   set active_at = :now, updated_at = :now
                  from ended e
                 where c.id = e.chat_id
                returning e.owner_id, c.id, c.title, c.is_temporary,
                       not c.is_temporary and coalesce(c.settings ->> 'memory_enabled', 'true') <> 'false' as remembered
                """)
                .param("answer", answer)
                .param("owner", owner.value())
                .param("content", content)
                .param("vector", SearchText.vector(owner, content))
                .param("status", status.word())
                .param("metadata", json.write(metadata))
                .param("now", Rows.at(now))
                .query((row, _) -> new Ended(
                        new UserId(Rows.uuid(row, "owner_id")),
                        Rows.uuid(row, "id"),
                        row.getString("title") != null,
                        row.getBoolean("is_temporary"),
                        row.getBoolean("remembered")))
                .optional();
    }

    Optional<String> firstQuestion(UserId owner, UUID chat) {
        return jdbc.sql("""
                select content from message
                 where chat_id = :chat and owner_id = :owner and parent_id is null
                 order by id
                 limit 1
                """)
                .param("chat", chat)
                .param("owner", owner.value())
                .query(String.class)
                .optional();
    }

    /// A message, also of a chat that is deleted and may be restored.
    Optional<Message> stored(UUID id) {
        return jdbc.sql("select " + Rows.MESSAGE + " from message m where m.id = :id")
                .param("id", id)
                .query(rows::message)
                .optional();
    }

    /// What a person wrote beside their ratings in a chat, by message.
    Map<UUID, String> comments(UserId owner, UUID chat) {
        Map<UUID, String> comments = new LinkedHashMap<>();
        jdbc.sql("""
                select id, feedback_comment from message
                 where chat_id = :chat and owner_id = :owner and feedback_comment is not null
                 order by id
                """).param("chat", chat).param("owner", owner.value()).query(row -> {
            comments.put(Rows.uuid(row, "id"), row.getString("feedback_comment"));
        });
        return comments;
    }

    Optional<Message> answerTo(UUID question) {
        return jdbc.sql("select " + Rows.MESSAGE + """

                  from message m
                 where m.parent_id = :question and m.role = 'assistant'
                 order by m.id
                 limit 1
                """)
                .param("question", question)
                .query(rows::message)
                .optional();
    }

    int delete(List<UUID> ids) {
        return jdbc.sql("delete from message where id = any(:ids)")
                .param("ids", ids.toArray(UUID[]::new))
                .update();
    }

    boolean rate(UserId owner, UUID chat, UUID id, Message.@Nullable Rating rating, @Nullable String comment) {
        return jdbc.sql("""
                update message m
                   set feedback = cast(:rating as text), feedback_comment = cast(:comment as text)
                  from chat c
                 where m.id = :id and m.chat_id = :chat and m.owner_id = :owner
                   and c.id = m.chat_id and c.deleted_at is null
                """)
                        .param("id", id)
                        .param("chat", chat)
                        .param("owner", owner.value())
                        .param("rating", rating == null ? null : rating.word())
                        .param("comment", rating == null ? null : comment)
                        .update()
                == 1;
    }
}
