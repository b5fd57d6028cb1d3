package dev.parley.live;

import dev.parley.answers.AnswerBegun;
import dev.parley.answers.AnswerLog;
import dev.parley.answers.Event.Placed;
import dev.parley.shared.Outage;
import dev.parley.shared.ParleyException;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells one connection one answer, on a virtual thread of its own. It takes from the log what the connection can take:
/// a slow reader is told more at once, and costs whoever writes the answer nothing.
final class Follower implements Runnable, Outbox.Speaker {
    private static final Logger log = LoggerFactory.getLogger(Follower.class);

    private final Connection connection;
    private final AnswerBegun answer;
    private final Supplier<AnswerLog> source;
    private final AnswerFrames frames;
    private final long largestBacklog;

    private volatile @Nullable AnswerLog followed;
    private volatile boolean dismissed;
    private long seen;
    private long reached;

    /// @param after the last event that the client saw, 0 for none
    Follower(
            Connection connection,
            AnswerBegun answer,
            long after,
            Supplier<AnswerLog> source,
            Frames frames,
            long largestBacklog) {
        this.connection = connection;
        this.answer = answer;
        this.seen = after;
        this.source = source;
        this.frames = frames.of(answer);
        this.largestBacklog = largestBacklog;
    }

    void start() {
        Thread.ofVirtual().name("follow-" + answer.messageId()).start(this);
    }

    AnswerBegun answer() {
        return answer;
    }

    void dismiss() {
        dismissed = true;
        AnswerLog open = followed;
        if (open != null) {
            open.nudge();
        }
    }

    @Override
    public boolean isWanted() {
        return !dismissed;
    }

    @Override
    public boolean isLeftBehind() {
        AnswerLog open = followed;
        return open != null && open.position() > reached + largestBacklog;
    }

    @Override
    public void run() {
        boolean toItsEnd = false;
        try {
            AnswerLog open = source.get();
            followed = open;
            toItsEnd = follow(open);
        } catch (ParleyException e) {
            log.debug("The answer {} is not there any more.", answer.messageId());
        } catch (IOException e) {
            log.debug("A listener of answer {} has gone.", answer.messageId());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (!Outage.isOne(e)) {
                log.error("The answer {} cannot be followed.", answer.messageId(), e);
            }
            connection.resync();
        } finally {
            connection.subscriptions().end(this, toItsEnd);
        }
    }

    private boolean follow(AnswerLog open) throws IOException, InterruptedException {
        while (!dismissed) {
            List<Placed> events = open.next(seen, () -> dismissed);
            if (!events.isEmpty()) {
                reached = position(events.getLast().id());
            }
            for (Placed event : events) {
                frames.write(event, frame -> connection.outbox().write(frame, this));
                seen = event.id();
                if (event.isLast()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static long position(long id) {
        return id & 0xffffffffL;
    }
}
