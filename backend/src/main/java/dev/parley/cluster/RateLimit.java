package dev.parley.cluster;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.parley.shared.Sha256;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Consumer;

/// A bucket of tokens for each key, which refills within a period. This node's own is always drawn from, so that it is
/// not full when Redis goes, and who has emptied it costs Redis nothing.
public final class RateLimit {
    private static final int REMEMBERED = 100_000;

    private final String name;
    private final Redis redis;
    private final BucketConfiguration configuration;
    private final LoadingCache<String, Bucket> own;

    RateLimit(String name, int tokens, Duration period, Redis redis) {
        this.name = name;
        this.redis = redis;
        configuration = BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(tokens).refillGreedy(tokens, period))
                .build();
        // A bucket that nobody touched for two periods is full again, and can be forgotten.
        own = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterAccess(period.multipliedBy(2))
                .build(_ -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(tokens).refillGreedy(tokens, period))
                        .build());
    }

    /// Takes one.
    ///
    /// @return how long there will be none; zero when one was taken
    public Duration take(String key) {
        String digest = digest(key);
        long[] wait = {takenFrom(own.get(digest))};
        if (wait[0] == 0) {
            withShared(digest, shared -> wait[0] = takenFrom(shared));
        }
        return Duration.ofNanos(wait[0]);
    }

    public void giveBack(String key) {
        String digest = digest(key);
        own.get(digest).addTokens(1);
        withShared(digest, shared -> shared.addTokens(1));
    }

    private static long takenFrom(Bucket bucket) {
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? 0 : probe.getNanosToWaitForRefill();
    }

    private void withShared(String digest, Consumer<Bucket> work) {
        RedisLine line = redis instanceof LettuceRedis there && there.isUp() ? there.line() : null;
        if (line == null) {
            return;
        }
        try {
            work.accept(line.buckets().builder().build("parley:limit:" + name + ':' + digest, () -> configuration));
        } catch (RuntimeException e) {
            // One who waits is enough to know.
            ((LettuceRedis) redis).giveUp(line, e);
        }
    }

    /// Keys name people, whose names are nobody's business in Redis; and they may be as long as whoever asks likes,
    /// while all are remembered.
    private static String digest(String key) {
        return HexFormat.of().formatHex(Sha256.of(key), 0, 16);
    }
}
