package dev.parley.answers;

import dev.parley.cluster.Signals;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// How a node stops: it begins no answer any more, gives those that are being written the time to end, and leaves the
/// rest, whole, to whoever takes it. Until then everything else works as ever.
@Component
class Drain implements SmartLifecycle {
    /// Tells other nodes that there is something to take.
    static final String LEFT = "answers.left";

    private static final Logger log = LoggerFactory.getLogger(Drain.class);

    /// For a run that was called off to be told so by its provider's connection.
    private static final Duration LEAVING = Duration.ofSeconds(5);

    private final RunningAnswers running;
    private final Checkpointer checkpointer;
    private final RunRepository runs;
    private final Signals signals;
    private final AnswersProperties properties;
    private volatile boolean begun;

    Drain(
            RunningAnswers running,
            Checkpointer checkpointer,
            RunRepository runs,
            Signals signals,
            AnswersProperties properties) {
        this.running = running;
        this.checkpointer = checkpointer;
        this.runs = runs;
        this.signals = signals;
        this.properties = properties;
    }

    boolean hasBegun() {
        return begun;
    }

    @Override
    public void start() {
        begun = false;
    }

    @Override
    public boolean isRunning() {
        return !begun;
    }

    /// Before anything else stops.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void stop() {
        begun = true;
        try {
            if (running.count() > 0) {
                log.info(
                        "{} answers are being written; they have {} s to end.",
                        running.count(),
                        properties.drain().toSeconds());
                running.awaitNone(properties.drain());
            }
            if (running.count() > 0) {
                leave();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (DataAccessException e) {
            log.warn(
                    "What is unfinished is taken over when this node's lease ends: {}", String.valueOf(e.getMessage()));
        }
    }

    private void leave() throws InterruptedException {
        boolean anew = properties.takeovers() > 0;
        List<AnswerRun> unfinished = List.copyOf(running.all());
        unfinished.forEach(anew ? AnswerRun::leave : AnswerRun::interrupt);
        long end = System.nanoTime() + LEAVING.toNanos();
        for (AnswerRun run : unfinished) {
            run.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
        checkpointer.flush();
        int left = runs.release(running.all().stream().map(AnswerRun::run).toList());
        if (left > 0) {
            signals.tell(LEFT, "");
            log.info("{} answers are left to another node, or to the next start.", left);
        }
    }
}
