package dev.parley.memory;

import dev.parley.shared.UserId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Which messages are copies of which: of what is forgotten no copy is left that can be found.
@Repository
class CopyRepository {
    private final JdbcClient jdbc;

    CopyRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Wants the owner held.
    ///
    /// @param copies of each message its copy
    void add(UserId owner, Map<UUID, UUID> copies) {
        jdbc.sql("""
                insert into memory_copy (message_id, owner_id, source_id)
                select pair.copy, :owner, coalesce(c.source_id, pair.original)
                  from unnest(:originals, :copies) as pair (original, copy)
                  left join memory_copy c on c.message_id = pair.original
                """)
                .param("owner", owner.value())
                .param("originals", copies.keySet().toArray(UUID[]::new))
                .param("copies", copies.values().toArray(UUID[]::new))
                .update();
    }

    /// These messages, what they are copies of, and all copies of it.
    List<UUID> family(UserId owner, Collection<UUID> messages) {
        return jdbc.sql("""
                with origin as (
                    select coalesce(c.source_id, asked.id) as id
                      from unnest(:ids) as asked (id)
                      left join memory_copy c on c.message_id = asked.id and c.owner_id = :owner
                )
                select id from origin
                 union
                select c.message_id
                  from origin o
                  join memory_copy c on c.source_id = o.id and c.owner_id = :owner
                """)
                .param("ids", messages.toArray(UUID[]::new))
                .param("owner", owner.value())
                .query(MemoryRepository::id)
                .list();
    }
}
