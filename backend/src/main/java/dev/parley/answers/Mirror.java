package dev.parley.answers;

import dev.parley.shared.UserId;
import java.time.Duration;
import java.util.UUID;

/// A log that another node's answer is copied into: by Redis as it is written, and from the table where that is not
/// so, or not certain.
final class Mirror {
    /// How often the table is asked about an answer that Redis brings: after a takeover, its former writer may go on
    /// telling for a while.
    private static final long TRUST = Duration.ofSeconds(1).toNanos();
    /// What was asked for through Redis has come by then, or does not come.
    private static final long PATIENCE = Duration.ofMillis(300).toNanos();

    /// Between two nodes and Redis.
    private static final long ROUND_TRIP = Duration.ofMillis(50).toNanos();

    private final UserId owner;
    private final AnswerLog log;
    private volatile boolean fed;
    private volatile boolean behind;
    private volatile long asked;
    private volatile long wanted;
    /// Where a chunk of the table ended that is in the log.
    private long boundary;

    Mirror(UserId owner, AnswerLog log) {
        this.owner = owner;
        this.log = log;
        asked = System.nanoTime() - TRUST;
        wanted = asked;
    }

    UserId owner() {
        return owner;
    }

    AnswerLog log() {
        return log;
    }

    UUID answer() {
        return log.answer().id();
    }

    /// Whoever writes it has been asked to tell what follows.
    void wants() {
        long now = System.nanoTime();
        wanted = now;
        if (!fed) {
            fed = true;
            asked = now - TRUST + PATIENCE;
        }
    }

    /// Whether something is missing that was not asked for just now.
    boolean isBehind() {
        return behind && System.nanoTime() - wanted > ROUND_TRIP;
    }

    /// Something came through Redis.
    void take(Fed stretch) {
        fed = log.extend(stretch.epoch(), stretch.from(), stretch.kind(), stretch.text());
        behind = !fed;
    }

    /// Something came from the table. What is new there, and Redis should have brought, shows that it does not.
    void take(int epoch, RunRepository.Chunk chunk) {
        long before = log.id();
        log.extend(epoch, chunk.position(), chunk.kind(), chunk.text());
        boundary = ((long) epoch << 32) + chunk.position() + chunk.text().length();
        if (fed && log.id() != before) {
            fed = false;
            behind = true;
        }
    }

    /// Asks the table as soon as possible.
    void doubt() {
        fed = false;
    }

    /// @param listening whether Redis is there
    boolean isDue(boolean listening) {
        return !fed || !listening || System.nanoTime() - asked >= TRUST;
    }

    /// Where the table is asked from.
    RunRepository.Mirrored ask() {
        asked = System.nanoTime();
        long place = log.id();
        return new RunRepository.Mirrored(answer(), (int) (place >>> 32), place & 0xffffffffL, place != boundary);
    }
}
