package dev.parley.memory;

import dev.parley.shared.UserId;
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

/// What chats were about. What writes wants the owner held.
@Repository
class ChatSummaryRepository {
    private static final RowMapper<ChatSummary> SUMMARY = (row, _) -> new ChatSummary(
            row.getObject("chat_id", UUID.class),
            row.getString("summary"),
            row.getBoolean("by_model"),
            row.getObject("upto", UUID.class),
            MemoryRepository.instant(row, "at"));

    private final JdbcClient jdbc;

    ChatSummaryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<ChatSummary> find(UserId owner, UUID chat) {
        return Optional.ofNullable(find(owner, List.of(chat)).get(chat));
    }

    Map<UUID, ChatSummary> find(UserId owner, Collection<UUID> chats) {
        Map<UUID, ChatSummary> found = new HashMap<>();
        jdbc.sql("""
                select chat_id, summary, by_model, upto, at
                  from memory_chat
                 where chat_id = any(:chats) and owner_id = :owner
                """)
                .param("chats", chats.toArray(UUID[]::new))
                .param("owner", owner.value())
                .query(SUMMARY)
                .list()
                .forEach(one -> found.put(one.chat(), one));
        return found;
    }

    /// In the order of chats.
    List<ChatSummary> after(UserId owner, @Nullable UUID last, int most) {
        return jdbc.sql("""
                select chat_id, summary, by_model, upto, at
                  from memory_chat
                 where owner_id = :owner and (cast(:last as uuid) is null or chat_id > cast(:last as uuid))
                 order by chat_id
                 limit :most
                """)
                .param("owner", owner.value())
                .param("last", last)
                .param("most", most)
                .query(SUMMARY)
                .list();
    }

    /// An extract takes no model's place.
    void write(UserId owner, ChatSummary summary) {
        jdbc.sql("""
                insert into memory_chat (chat_id, owner_id, summary, by_model, upto, at)
                select id, owner_id, :summary, :byModel, :upTo, :at from chat where id = :chat and owner_id = :owner
                on conflict (chat_id) do update
                   set summary = excluded.summary, by_model = excluded.by_model, upto = excluded.upto, at = excluded.at
                 where excluded.by_model or not memory_chat.by_model
                """)
                .param("chat", summary.chat())
                .param("owner", owner.value())
                .param("summary", summary.text())
                .param("byModel", summary.byModel())
                .param("upTo", summary.upTo())
                .param("at", MemoryRepository.at(summary.at()))
                .update();
    }
}
