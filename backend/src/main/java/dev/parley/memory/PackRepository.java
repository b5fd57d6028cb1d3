package dev.parley.memory;

import dev.parley.shared.UserId;
import dev.parley.shared.Word;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Blocks as bytes. Where anything was taken away there is none: a trigger sees to it in the same transaction.
@Repository
class PackRepository {
    private final JdbcClient jdbc;
    private final JdbcTemplate template;

    PackRepository(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    enum Part implements Word {
        TURNS,
        MEMORIES
    }

    Optional<Block> read(UserId owner, Part part, long epoch, String model) {
        return BinaryRows.read(
                        template,
                        "select data, seq from memory_pack where owner_id = ? and part = ? and epoch = ? and model = ?",
                        (row, _) -> Block.unpacked(model, row.getLong("seq"), row.getBytes("data")),
                        owner.value(),
                        part.word(),
                        epoch,
                        model)
                .stream()
                .findFirst();
    }

    /// Wants the owner held, at this epoch.
    void write(UserId owner, Part part, long epoch, Block block) {
        jdbc.sql("""
                insert into memory_pack (owner_id, part, epoch, seq, model, data)
                values (:owner, :part, :epoch, :seq, :model, :data)
                on conflict (owner_id, part) do update
                   set epoch = excluded.epoch, seq = excluded.seq, model = excluded.model, data = excluded.data
                """)
                .param("owner", owner.value())
                .param("part", part.word())
                .param("epoch", epoch)
                .param("seq", block.seq())
                .param("model", block.model())
                .param("data", block.packed())
                .update();
    }

    /// How many rows a node would read beside the packs.
    long unpacked(UserId owner, String model) {
        return jdbc.sql("""
                with packed as (select part, seq from memory_pack where owner_id = :owner and model = :model)
                select (select count(*) from memory_turn
                         where owner_id = :owner
                           and seq > coalesce((select seq from packed where part = 'turns'), 0))
                     + (select count(*) from memory
                         where owner_id = :owner
                           and seq > coalesce((select seq from packed where part = 'memories'), 0))
                """)
                .param("owner", owner.value())
                .param("model", model)
                .query(Long.class)
                .single();
    }
}
