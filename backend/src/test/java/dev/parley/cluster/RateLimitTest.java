package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RedisServer;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RateLimitTest {
    private final RedisServer server = RedisServer.start();
    private final LettuceRedis redisHere = new LettuceRedis(server.url());
    private final LettuceRedis redisThere = new LettuceRedis(server.url());
    private final RateLimit here = new RateLimits(redisHere).perMinute("guesses", 4);
    private final RateLimit there = new RateLimits(redisThere).perMinute("guesses", 4);

    @BeforeEach
    void start() throws InterruptedException {
        CountDownLatch up = new CountDownLatch(2);
        redisHere.whenUp(up::countDown);
        redisThere.whenUp(up::countDown);
        redisHere.start();
        redisThere.start();
        assertThat(up.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void stop() {
        redisHere.stop();
        redisThere.stop();
        server.close();
    }

    @Test
    void nodesDrawFromOneBucket() {
        assertThat(here.take("ada@example.org")).isZero();
        assertThat(here.take("ada@example.org")).isZero();
        assertThat(there.take("ada@example.org")).isZero();
        assertThat(there.take("ada@example.org")).isZero();

        assertThat(there.take("ada@example.org")).isBetween(Duration.ofMillis(1), Duration.ofMinutes(1));
        assertThat(there.take("bob@example.org")).isZero();

        here.giveBack("ada@example.org");
        assertThat(there.take("ada@example.org")).isZero();
        assertThat(server.ask("KEYS *ada*")).isEqualTo("*0");
    }

    @Test
    void withoutRedisEachNodeHasItsOwnWhichIsNotFull() {
        here.take("ada@example.org");
        here.take("ada@example.org");
        here.take("ada@example.org");
        server.kill();

        assertThat(here.take("ada@example.org")).isZero();
        assertThat(here.take("ada@example.org")).isPositive();
        assertThat(there.take("ada@example.org")).isZero();
    }

    /// Whoever asks chooses the key, and how long it is; buckets outlast the request by minutes.
    @Test
    @Timeout(60)
    void aLongKeyIsNotKept() {
        WeakReference<String> kept = new WeakReference<>("a".repeat(1 << 20));
        here.take(Objects.requireNonNull(kept.get()));

        while (kept.get() != null) {
            System.gc();
        }
        assertThat(kept.get()).isNull();
    }

    @Test
    void aRedisThatHangsHoldsUpOneWhoAsksAndOnlyForAMoment() {
        server.pause();

        assertThat(here.take("ada@example.org")).isZero();

        assertThat(redisHere.isUp()).isFalse();
        server.resume();
    }
}
