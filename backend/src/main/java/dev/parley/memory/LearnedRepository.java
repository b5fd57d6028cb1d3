package dev.parley.memory;

import dev.parley.shared.UserId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// How far a model has learned from each chat.
@Repository
class LearnedRepository {
    private final JdbcClient jdbc;

    LearnedRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Nullable
    UUID upTo(UserId owner, UUID chat) {
        return jdbc.sql("select message_id from memory_learned where chat_id = :chat and owner_id = :owner")
                .param("chat", chat)
                .param("owner", owner.value())
                .query(UUID.class)
                .optional()
                .orElse(null);
    }

    void note(UserId owner, UUID chat, UUID message) {
        jdbc.sql("""
                insert into memory_learned (chat_id, owner_id, message_id)
                select id, owner_id, :message from chat where id = :chat and owner_id = :owner
                on conflict (chat_id) do update set message_id = greatest(memory_learned.message_id, excluded.message_id)
                """)
                .param("chat", chat)
                .param("owner", owner.value())
                .param("message", message)
                .update();
    }
}
