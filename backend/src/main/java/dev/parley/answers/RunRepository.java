package dev.parley.answers;

import dev.parley.answers.Event.Kind;
import dev.parley.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Runs and their checkpoints. Epoch and node together say who may write: what a former owner still writes changes
/// nothing.
@Repository
class RunRepository {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    RunRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void insert(Run run) {
        jdbc.sql("""
                insert into answer_run (id, owner_id, chat_id, node_id, epoch, prompt)
                values (:id, :owner, :chat, :node, :epoch, cast(:order as jsonb))
                """)
                .param("id", run.id())
                .param("owner", run.owner().value())
                .param("chat", run.chatId())
                .param("node", run.nodeId())
                .param("epoch", run.epoch())
                .param("order", json.writeValueAsString(run.order()))
                .update();
    }

    /// Ends a run, if it is still this owner's: of an end, a takeover and a deletion the first to commit wins.
    boolean delete(Run run) {
        return jdbc.sql("""
                with ended as (
                    delete from answer_run where id = :id and epoch = :epoch and node_id = :node returning id
                ), cleared as (
                    delete from answer_chunk where run_id in (select id from ended)
                )
                select count(*) from ended
                """)
                        .param("id", run.id())
                        .param("epoch", run.epoch())
                        .param("node", run.nodeId())
                        .query(Integer.class)
                        .single()
                == 1;
    }

    /// Takes runs of dead nodes, each under its next epoch. Who locks a run first has it.
    List<Run> take(List<UUID> dead, UUID node, int most) {
        return jdbc.sql("""
                update answer_run r
                   set node_id = :node, epoch = r.epoch + 1
                 where r.id in (select id from answer_run
                                 where node_id = any(:dead)
                                 limit :most
                                   for update skip locked)
                returning r.id, r.owner_id, r.chat_id, r.node_id, r.epoch, r.prompt
                """)
                .param("node", node)
                .param("dead", dead.toArray(UUID[]::new))
                .param("most", most)
                .query(this::run)
                .list();
    }

    boolean anyOf(List<UUID> nodes) {
        return jdbc.sql("select exists (select from answer_run where node_id = any(:nodes))")
                .param("nodes", nodes.toArray(UUID[]::new))
                .query(Boolean.class)
                .single();
    }

    /// What the table has of one attempt, merged, in order.
    List<Chunk> chunks(UUID run, int epoch) {
        return jdbc.sql("select pos, kind, text from answer_chunk where run_id = :run and epoch = :epoch order by pos")
                .param("run", run)
                .param("epoch", epoch)
                .query((row, _) -> new Chunk(row.getLong("pos"), kind(row), row.getString("text")))
                .list();
    }

    record Chunk(long position, Kind kind, String text) {}

    void requestStop(UserId owner, UUID run) {
        jdbc.sql("update answer_run set stop_requested = true where id = :id and owner_id = :owner")
                .param("id", run)
                .param("owner", owner.value())
                .update();
    }

    void requestStopInChat(UserId owner, UUID chat) {
        jdbc.sql("update answer_run set stop_requested = true where chat_id = :chat and owner_id = :owner")
                .param("chat", chat)
                .param("owner", owner.value())
                .update();
    }

    List<UUID> stopRequested(UUID node) {
        return jdbc.sql("select id from answer_run where node_id = :node and stop_requested")
                .param("node", node)
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    Optional<Integer> epoch(UUID run) {
        return jdbc.sql("select epoch from answer_run where id = :id")
                .param("id", run)
                .query(Integer.class)
                .optional();
    }

    /// How far a mirror has come.
    record Mirrored(UUID run, int epoch, long position) {}

    /// What is new about a mirrored run: a chunk, nothing (`chunk` null), or its end (`epoch` null).
    record News(UUID run, @Nullable Integer epoch, @Nullable Chunk chunk) {}

    /// One question for all the answers that this node follows and others write.
    List<News> news(List<Mirrored> mirrors) {
        return jdbc.sql("""
                select w.id, r.epoch, c.pos, c.kind, c.text
                  from unnest(:ids, :epochs, :positions) as w (id, epoch, pos)
                  left join answer_run r on r.id = w.id
                  left join answer_chunk c on c.run_id = r.id and c.epoch = r.epoch
                                          and c.pos >= case when r.epoch = w.epoch then w.pos else 0 end
                 order by w.id, c.pos
                """)
                .param("ids", mirrors.stream().map(Mirrored::run).toArray(UUID[]::new))
                .param("epochs", mirrors.stream().map(Mirrored::epoch).toArray(Integer[]::new))
                .param("positions", mirrors.stream().map(Mirrored::position).toArray(Long[]::new))
                .query((row, _) -> {
                    String text = row.getString("text");
                    return new News(
                            row.getObject("id", UUID.class),
                            row.getObject("epoch", Integer.class),
                            text == null ? null : new Chunk(row.getLong("pos"), kind(row), text));
                })
                .list();
    }

    private Run run(ResultSet row, int number) throws SQLException {
        return new Run(
                row.getObject("id", UUID.class),
                new UserId(row.getObject("owner_id", UUID.class)),
                row.getObject("chat_id", UUID.class),
                row.getObject("node_id", UUID.class),
                row.getInt("epoch"),
                json.readValue(row.getString("prompt"), Run.Order.class));
    }

    private static Kind kind(ResultSet row) throws SQLException {
        return Kind.of(row.getInt("kind"));
    }
}
