package dev.parley.live;

import dev.parley.shared.Ids;
import dev.parley.web.Caller;
import io.github.bucket4j.Bucket;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One tab, or one program, on the line: who it is, what it has subscribed to, and whether it still answers.
final class Connection {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    private final UUID id = Ids.next();
    private final String name;
    private final Line line;
    private final LiveProperties properties;
    private final LongSupplier nanoTime;
    private final Desk desk;
    private final Outbox outbox;
    private final Subscriptions subscriptions;
    private final @Nullable Bucket allowance;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final long openedAt;

    private volatile @Nullable Caller caller;
    private volatile long closedAt;
    private volatile long heardAt;
    private long pingedAt;
    private long typedAt;
    private long received;

    /// Where a connection turns to.
    interface Desk {
        void receive(Connection from, String frame);

        /// The connection is to hear nothing more.
        void leave(Connection leaving);

        /// The line is gone.
        void forget(Connection gone);
    }

    /// @param name under which the log knows it
    /// @param limited whether the client may only say so much in a second
    Connection(String name, Line line, LiveProperties properties, boolean limited, LongSupplier nanoTime, Desk desk) {
        this.name = name;
        this.line = line;
        this.properties = properties;
        this.nanoTime = nanoTime;
        this.desk = desk;
        outbox = new Outbox(line, properties.largestBacklog().toBytes(), this::lineFailed);
        subscriptions = new Subscriptions(properties);
        allowance = limited ? allowance(properties.framesPerSecond()) : null;
        openedAt = nanoTime.getAsLong();
        heardAt = openedAt;
        pingedAt = openedAt;
        typedAt = openedAt - Duration.ofDays(1).toNanos();
    }

    private static Bucket allowance(int perSecond) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(4L * perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }

    /// Of the frame that is being received, for the log.
    String frameName() {
        return name + "." + received;
    }

    UUID id() {
        return id;
    }

    @Nullable
    Caller caller() {
        return caller;
    }

    void identify(Caller whose) {
        caller = whose;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    Outbox outbox() {
        return outbox;
    }

    void receive(String frame) {
        hasAnswered();
        received++;
        if (!closing.get()) {
            desk.receive(this, frame);
        }
    }

    void hasAnswered() {
        heardAt = nanoTime.getAsLong();
    }

    void hasGone() {
        closing.set(true);
        fallSilent();
        desk.forget(this);
    }

    /// Sends what is no part of an answer. Never blocks.
    void post(String frame) {
        outbox.post(frame);
    }

    /// Something may have been missed: the client looks for itself.
    void resync() {
        post(Frames.RESYNC);
    }

    boolean isFollowing() {
        return subscriptions.isFollowing();
    }

    boolean mayAsk() {
        return allowance == null || allowance.tryConsume(1);
    }

    /// Others need not hear of every key.
    boolean mayType() {
        long now = nanoTime.getAsLong();
        if (now - typedAt < Duration.ofSeconds(1).toNanos()) {
            return false;
        }
        typedAt = now;
        return true;
    }

    boolean isClosing() {
        return closing.get();
    }

    void close(Closing why) {
        if (closing.compareAndSet(false, true)) {
            closedAt = nanoTime.getAsLong();
            fallSilent();
            log.debug("Connection {} is closed with {}.", name, why.code());
            line.close(why);
        }
    }

    /// Looks whether time has run out for something. Called every second or so.
    void beat() {
        long now = nanoTime.getAsLong();
        if (closing.get()) {
            if (now - closedAt > properties.leaveWithin().toNanos()) {
                line.cut();
            }
        } else if (caller == null
                && now - openedAt >= properties.authenticateWithin().toNanos()) {
            close(Closing.NOT_AUTHENTICATED);
        } else if (now - heardAt > 2 * properties.pingEvery().toNanos()) {
            close(Closing.TOO_SLOW);
        } else if (now - pingedAt >= properties.pingEvery().toNanos()) {
            pingedAt = now;
            line.ping();
        }
    }

    private void fallSilent() {
        outbox.close();
        subscriptions.clear();
        desk.leave(this);
    }

    private void lineFailed(IOException failure) {
        if (failure instanceof Line.TooSlow) {
            close(Closing.TOO_SLOW);
        } else {
            line.cut();
        }
    }
}
