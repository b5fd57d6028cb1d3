package dev.parley.answers;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.answers.AnswerLog.Unsaved;
import dev.parley.database.Database;
import dev.parley.shared.Outage;
import dev.parley.shared.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Writes what all runs of this node have got since the last time, in one statement over a connection of its own: the
/// cost of durability is per beat, not per token.
@Component
class Checkpointer implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Checkpointer.class);

    private final RunningAnswers running;
    private final HikariDataSource connection;
    private final JdbcClient jdbc;
    private final Duration period;
    private @Nullable Ticker ticker;
    private @Nullable Batch unacknowledged;
    private boolean stumbling;

    Checkpointer(Database database, RunningAnswers running, AnswersProperties properties) {
        this.running = running;
        connection = database.dedicated("checkpoint", Duration.ofSeconds(2));
        jdbc = JdbcClient.create(connection);
        period = properties.checkpointEvery();
    }

    @Override
    public void start() {
        ticker = Ticker.start("checkpoint", period, this::beat);
    }

    @Override
    public void stop() {
        if (ticker != null) {
            ticker.close();
            ticker = null;
        }
        beat();
        connection.close();
    }

    @Override
    public boolean isRunning() {
        return ticker != null;
    }

    /// There before the first request, and until the last one is answered.
    @Override
    public int getPhase() {
        return 0;
    }

    private void beat() {
        try {
            save();
            stumbling = false;
        } catch (DataAccessException e) {
            if (!stumbling) {
                log.warn("Answers cannot be checkpointed at the moment: {}", String.valueOf(e.getMessage()));
            }
            stumbling = true;
            if (!Outage.isOne(e)) {
                unacknowledged = null; // refused for good: what is gathered anew may be accepted
            }
        }
    }

    private void save() {
        Batch batch = unacknowledged == null ? gathered() : unacknowledged;
        if (batch.stretches().isEmpty()) {
            return;
        }
        // Until its commit is known, a batch is sent as it is: the same stretches under the same keys, once more.
        unacknowledged = batch;
        insert(batch);
        unacknowledged = null;
        for (int i = 0; i < batch.stretches().size(); i++) {
            Unsaved stretch = batch.stretches().get(i);
            batch.owners().get(i).log().saved(stretch.epoch(), stretch.end());
        }
    }

    private Batch gathered() {
        List<AnswerRun> owners = new ArrayList<>();
        List<Unsaved> stretches = new ArrayList<>();
        for (AnswerRun run : running.all()) {
            for (Unsaved stretch : run.log().unsaved()) {
                owners.add(run);
                stretches.add(stretch);
            }
        }
        return new Batch(owners, stretches);
    }

    private record Batch(List<AnswerRun> owners, List<Unsaved> stretches) {}

    /// Holding the runs keeps them from ending before their chunks are there, and leaves out those that are no longer
    /// this node's.
    private void insert(Batch batch) {
        List<AnswerRun> owners = batch.owners();
        List<Unsaved> stretches = batch.stretches();
        int count = stretches.size();
        UUID[] runs = new UUID[count];
        UUID[] nodes = new UUID[count];
        Integer[] epochs = new Integer[count];
        Long[] positions = new Long[count];
        Short[] kinds = new Short[count];
        String[] texts = new String[count];
        for (int i = 0; i < count; i++) {
            Unsaved stretch = stretches.get(i);
            runs[i] = owners.get(i).run().id();
            nodes[i] = owners.get(i).run().nodeId();
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
                .param("runs", runs)
                .param("nodes", nodes)
                .param("epochs", epochs)
                .param("positions", positions)
                .param("kinds", kinds)
                .param("texts", texts)
                .update();
    }
}
