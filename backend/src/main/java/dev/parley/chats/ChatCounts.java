package dev.parley.chats;

import dev.parley.shared.UserId;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// How much people have, and nothing of what it says.
@Repository
public class ChatCounts {
    private final JdbcClient jdbc;

    ChatCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param messages in all branches of those chats
    public record Count(long chats, long messages) {
        public static final Count NONE = new Count(0, 0);
    }

    private record Of(UserId owner, Count count) {}

    /// Chats that are not deleted; who has none is left out.
    public Map<UserId, Count> of(Collection<UserId> owners) {
        return jdbc
                .sql("""
                select owner_id, count(*) as chats, sum(message_count) as messages
                  from chat
                 where owner_id = any(:owners) and deleted_at is null
                 group by owner_id
                """)
                .param("owners", owners.stream().map(UserId::value).toArray(UUID[]::new))
                .query((row, _) -> new Of(
                        new UserId(row.getObject("owner_id", UUID.class)),
                        new Count(row.getLong("chats"), row.getLong("messages"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Of::owner, Of::count));
    }
}
