package dev.parley.answers;

import dev.parley.answers.Event.Kind;
import dev.parley.chats.Chats;
import dev.parley.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /// Ends a run, if it is still this owner's: of an end, a takeover and a deletion the first to commit wins. Its
    /// chunks go with it; its epoch stays known.
    boolean delete(Run run) {
        return jdbc.sql("""
                with ended as (
                    delete from answer_run
                     where id = :id and epoch = :epoch and node_id = :node
                    returning id, epoch
                ), remembered as (
                    insert into answer_epoch (message_id, epoch)
                    select id, epoch from ended where epoch > 0
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

    /// The epoch under which an answer ended.
    int endedUnder(UUID answer) {
        return jdbc.sql("select epoch from answer_epoch where message_id = :id")
                .param("id", answer)
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    /// A run with its new owner.
    ///
    /// @param crashes how often it lost a node that had not handed it over
    /// @param stopRequested whether its reader wants no more of it
    record Taken(Run run, int crashes, boolean stopRequested) {}

    /// Takes a run that nobody writes any more, under its next epoch: it was handed over, its node is dead or
    /// forgotten, or it is this node's own and has had no writer for a while, because the acknowledgement of its
    /// commit was lost. Who locks it first has it, if his own lease holds.
    ///
    /// @param written the runs that this node writes, as far as it knows
    /// @param passedOver runs not to be tried again for now
    Optional<Taken> takeUnwritten(UUID node, Collection<UUID> written, Collection<UUID> passedOver) {
        return jdbc.sql("""
                update answer_run r
                   set node_id = :node, epoch = r.epoch + 1, crashes = r.crashes + (r.node_id is not null)::int
                 where r.id = (select w.id
                                 from answer_run w
                                where (not exists (select from node n where n.id = w.node_id and not n.dead)
                                       or (w.node_id = :node
                                           and w.created_at < clock_timestamp() - interval '10 s'))
                                  -- hashed: `<> all` would compare each run with each
                                  and w.id not in (select unnest(:written))
                                  and w.id <> all(:passed)
                                limit 1
                                  for update of w skip locked)
                   and exists (select from node n where n.id = :node and not n.dead)
                returning r.id, r.owner_id, r.chat_id, r.node_id, r.epoch, r.prompt, r.crashes, r.stop_requested
                """)
                .param("node", node)
                .param("written", written.toArray(UUID[]::new))
                .param("passed", passedOver.toArray(UUID[]::new))
                .query((row, _) -> new Taken(run(row), row.getInt("crashes"), row.getBoolean("stop_requested")))
                .optional();
    }

    /// Leaves runs to whoever takes them first. Those that are no longer their writer's stay where they are.
    ///
    /// @return how many
    int release(List<Run> written) {
        return jdbc.sql("""
                update answer_run r
                   set node_id = null
                  from unnest(:ids, :nodes, :epochs) as w (id, node_id, epoch)
                 where r.id = w.id and r.node_id = w.node_id and r.epoch = w.epoch
                """)
                .param("ids", written.stream().map(Run::id).toArray(UUID[]::new))
                .param("nodes", written.stream().map(Run::nodeId).toArray(UUID[]::new))
                .param("epochs", written.stream().map(Run::epoch).toArray(Integer[]::new))
                .update();
    }

    /// Text that a run has got.
    record Written(Run run, AnswerLog.Unsaved stretch) {}

    /// Keeps text of many runs at once. Holding the runs keeps them from ending before their chunks are there, and
    /// leaves out those that are no longer their writer's.
    void save(List<Written> batch) {
        int count = batch.size();
        UUID[] ids = new UUID[count];
        UUID[] nodes = new UUID[count];
        Integer[] epochs = new Integer[count];
        Long[] positions = new Long[count];
        Short[] kinds = new Short[count];
        String[] texts = new String[count];
        for (int i = 0; i < count; i++) {
            Run run = batch.get(i).run();
            AnswerLog.Unsaved stretch = batch.get(i).stretch();
            ids[i] = run.id();
            nodes[i] = run.nodeId();
            epochs[i] = stretch.epoch();
            positions[i] = stretch.position();
            kinds[i] = stretch.kind().code();
            texts[i] = stretch.text();
        }
        jdbc.sql("""
                insert into answer_chunk (run_id, epoch, pos, kind, text)
                select w.run_id, w.epoch, w.pos, w.kind, w.text
                  from unnest(:runs, :nodes, :epochs, :positions, :kinds, :texts)
                       as w (run_id, node_id, epoch, pos, kind, text)
                  join answer_run r on r.id = w.run_id and r.epoch = w.epoch and r.node_id = w.node_id
                   for key share of r
                on conflict do nothing
                """)
                .param("runs", ids)
                .param("nodes", nodes)
                .param("epochs", epochs)
                .param("positions", positions)
                .param("kinds", kinds)
                .param("texts", texts)
                .update();
    }

    /// Of these runs, those that are not their writer's any more.
    List<UUID> lost(List<Run> written) {
        return jdbc.sql("""
                select w.id
                  from unnest(:ids, :nodes, :epochs) as w (id, node_id, epoch)
                 where not exists (select from answer_run r
                                    where r.id = w.id and r.node_id = w.node_id and r.epoch = w.epoch)
                """)
                .param("ids", written.stream().map(Run::id).toArray(UUID[]::new))
                .param("nodes", written.stream().map(Run::nodeId).toArray(UUID[]::new))
                .param("epochs", written.stream().map(Run::epoch).toArray(Integer[]::new))
                .query(RunRepository::id)
                .list();
    }

    /// Of these messages, those that are being written.
    List<UUID> among(List<UUID> messages) {
        return jdbc.sql("select id from answer_run where id = any(:ids)")
                .param("ids", messages.toArray(UUID[]::new))
                .query(RunRepository::id)
                .list();
    }

    List<AnswerBegun> inChats(Collection<Chats.Owned> chats) {
        return jdbc.sql("""
                select r.id, r.owner_id, r.chat_id
                  from unnest(:owners, :chats) as w (owner_id, chat_id)
                  join answer_run r on r.chat_id = w.chat_id and r.owner_id = w.owner_id
                 order by r.id
                """)
                .param(
                        "owners",
                        chats.stream().map(chat -> chat.owner().value()).toArray(UUID[]::new))
                .param("chats", chats.stream().map(Chats.Owned::chatId).toArray(UUID[]::new))
                .query((row, number) -> new AnswerBegun(
                        new UserId(row.getObject("owner_id", UUID.class)),
                        row.getObject("chat_id", UUID.class),
                        id(row, number)))
                .list();
    }

    /// What the table has of the newest attempt of which it has anything, in order.
    List<Chunk> newestChunks(UUID run) {
        return jdbc.sql("""
                select pos, kind, text
                  from answer_chunk
                 where run_id = :run and epoch = (select max(epoch) from answer_chunk where run_id = :run)
                 order by pos
                """)
                .param("run", run)
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

    List<UUID> stopRequested(Set<UUID> nodes) {
        return jdbc.sql("select id from answer_run where stop_requested and node_id = any(:nodes)")
                .param("nodes", nodes.toArray(UUID[]::new))
                .query(RunRepository::id)
                .list();
    }

    Optional<Integer> epoch(UUID run) {
        return jdbc.sql("select epoch from answer_run where id = :id")
                .param("id", run)
                .query(Integer.class)
                .optional();
    }

    /// How far a mirror has come.
    ///
    /// @param inside whether that may be inside a chunk: it was told by others than the table
    record Mirrored(UUID run, int epoch, long position, boolean inside) {}

    /// What is new for one mirror: a chunk, nothing (`chunk` null), or its end (`epoch` null).
    ///
    /// @param mirror its place in the question
    record News(
            int mirror, @Nullable Integer epoch, @Nullable Chunk chunk) {}

    /// One question for all the answers that this node follows and others write.
    List<News> news(List<Mirrored> mirrors) {
        return jdbc.sql("""
                select w.number, r.epoch, c.pos, c.kind, c.text
                  from unnest(:ids, :epochs, :positions, :inside) with ordinality as w (id, epoch, pos, inside, number)
                  left join answer_run r on r.id = w.id
                  left join answer_chunk c on c.run_id = r.id and c.epoch = r.epoch
                        and c.pos >= case
                            when r.epoch <> w.epoch then 0
                            when not w.inside then w.pos
                            else coalesce((select max(b.pos) from answer_chunk b
                                            where b.run_id = r.id and b.epoch = r.epoch and b.pos <= w.pos), 0)
                        end
                        -- in UTF-16 units, of which what is beyond the basic plane has two
                        and (not w.inside or r.epoch <> w.epoch
                             or c.pos + length(c.text) + regexp_count(c.text, '[\\U00010000-\\U0010ffff]') > w.pos)
                 order by w.number, c.pos
                """)
                .param("ids", mirrors.stream().map(Mirrored::run).toArray(UUID[]::new))
                .param("epochs", mirrors.stream().map(Mirrored::epoch).toArray(Integer[]::new))
                .param("positions", mirrors.stream().map(Mirrored::position).toArray(Long[]::new))
                .param("inside", mirrors.stream().map(Mirrored::inside).toArray(Boolean[]::new))
                .query((row, _) -> {
                    String text = row.getString("text");
                    return new News(
                            row.getInt("number") - 1,
                            row.getObject("epoch", Integer.class),
                            text == null ? null : new Chunk(row.getLong("pos"), kind(row), text));
                })
                .list();
    }

    private Run run(ResultSet row) throws SQLException {
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

    private static UUID id(ResultSet row, int number) throws SQLException {
        return row.getObject("id", UUID.class);
    }
}
