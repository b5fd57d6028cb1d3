package dev.parley.shared;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// UUIDv7 (RFC 9562) made here and not in the database, so that a row's id is known before it is stored.
///
/// Within one process ids only rise, also inside a millisecond: the 12 bits after the time are a counter. Rows that
/// are made together can therefore be ordered by id.
public final class Ids {
    private static final AtomicLong LAST = new AtomicLong();

    private Ids() {}

    public static UUID next() {
        long now = System.currentTimeMillis() << 12;
        // A full counter runs over into the next millisecond, which keeps the order and is invisible outside.
        long ticks = LAST.updateAndGet(last -> Math.max(last + 1, now));
        return of(ticks);
    }

    /// For what happened elsewhere or before: among the ids of its time, and in no order within its millisecond.
    public static UUID at(Instant time) {
        return of((time.toEpochMilli() << 12) | ThreadLocalRandom.current().nextInt(1 << 12));
    }

    /// For what must get the same id whenever it is named again: made of a name, among the ids of its time.
    public static UUID derived(Instant time, String name) {
        try {
            ByteBuffer hash =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
            return of((time.toEpochMilli() << 12) | (hash.getLong() & 0xfff), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static UUID of(long ticks) {
        return of(ticks, ThreadLocalRandom.current().nextLong());
    }

    private static UUID of(long ticks, long rest) {
        long high = ((ticks >>> 12) << 16) | 0x7000 | (ticks & 0xfff);
        long low = (rest & 0x3fffffffffffffffL) | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
