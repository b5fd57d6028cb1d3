package dev.parley.answers;

import com.zaxxer.hikari.HikariDataSource;
import dev.parley.answers.RunRepository.Written;
import dev.parley.database.Database;
import dev.parley.shared.Outage;
import dev.parley.shared.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Writes what all runs of this node have got since the last time, in one statement over a connection of its own: the
/// cost of durability is per beat, not per token.
@Component
class Checkpointer implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(Checkpointer.class);

    private final RunningAnswers running;
    private final HikariDataSource connection;
    private final RunRepository runs;
    private final Duration period;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable Ticker ticker;
    private @Nullable Batch unacknowledged;
    private boolean stumbling;

    Checkpointer(Database database, JsonMapper json, RunningAnswers running, AnswersProperties properties) {
        this.running = running;
        connection = database.dedicated("checkpoint", Duration.ofSeconds(2));
        runs = new RunRepository(JdbcClient.create(connection), json);
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
        turn.lock();
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
        } finally {
            turn.unlock();
        }
    }

    /// Saves all that there is, now.
    ///
    /// @throws DataAccessException when it cannot
    void flush() {
        turn.lock();
        try {
            while (save()) {}
        } finally {
            turn.unlock();
        }
    }

    /// @return whether there was anything to save
    private boolean save() {
        Batch batch = unacknowledged == null ? gathered() : unacknowledged;
        if (batch.texts().isEmpty()) {
            return false;
        }
        // Until its commit is known, a batch is sent as it is: the same stretches under the same keys, once more.
        unacknowledged = batch;
        runs.save(batch.texts());
        unacknowledged = null;
        for (int i = 0; i < batch.texts().size(); i++) {
            AnswerLog.Unsaved stretch = batch.texts().get(i).stretch();
            batch.logs().get(i).saved(stretch.epoch(), stretch.end());
        }
        return true;
    }

    private Batch gathered() {
        List<AnswerLog> logs = new ArrayList<>();
        List<Written> texts = new ArrayList<>();
        for (AnswerRun run : running.all()) {
            for (AnswerLog.Unsaved stretch : run.log().unsaved()) {
                logs.add(run.log());
                texts.add(new Written(run.run(), stretch));
            }
        }
        return new Batch(logs, texts);
    }

    private record Batch(List<AnswerLog> logs, List<Written> texts) {}
}
