package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RedisServer;
import dev.parley.database.TestDatabase;
import dev.parley.shared.HealthPart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisSignalsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestDatabase database = TestDatabase.create();
    private final RedisServer server = RedisServer.start();
    private final One here = new One();
    private final One there = new One();

    /// What a node has of this module.
    private final class One {
        final LettuceRedis redis = new LettuceRedis(server.url());
        final NodeSignals signals = new NodeSignals(database.shared(), redis);
        final Heard heard = Heard.by(signals);
        final Semaphore ups = new Semaphore(0);

        void start() throws InterruptedException {
            redis.whenUp(ups::release);
            redis.start();
            signals.start();
            awaitUp();
            heard.awaitGap();
        }

        void awaitUp() throws InterruptedException {
            assertThat(ups.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("Redis is there")
                    .isTrue();
        }

        void stop() {
            signals.stop();
            redis.stop();
        }
    }

    @BeforeEach
    void start() throws InterruptedException {
        here.start();
        there.start();
    }

    @AfterEach
    void close() {
        here.stop();
        there.stop();
        server.close();
        database.close();
    }

    @Test
    void newsThatTwoCarriersBringIsHeardOnce() throws Exception {
        List<String> told = IntStream.range(0, 500).mapToObj(Integer::toString).toList();

        told.forEach(body -> here.signals.tell(Heard.TOPIC, body));
        here.signals.stop();
        here.signals.tell(Heard.TOPIC, "not carried any more");

        List<String> heard = new ArrayList<>();
        while (heard.size() < told.size()) {
            heard.add(there.heard.next());
        }
        assertThat(heard).containsExactlyInAnyOrderElementsOf(told);
        there.signals.tell(Heard.TOPIC, "last");
        assertThat(there.heard.next()).isEqualTo("last");
        assertThat(there.heard.news).isEmpty();
    }

    @Test
    void withoutRedisNewsIsHeardAllTheSame() throws Exception {
        server.kill();
        here.signals.tell(Heard.TOPIC, "while it is dead");
        assertThat(there.heard.next()).isEqualTo("while it is dead");
        awaitHealth("degraded");

        server.restart();
        here.awaitUp();
        there.awaitUp();

        here.signals.tell(Heard.TOPIC, "and after");
        assertThat(there.heard.next()).isEqualTo("and after");
        assertThat(here.redis.state().status()).isEqualTo("ok");
        assertThat(here.redis.state().latencyMs()).isNotNull();
        assertThat(there.heard.news).isEmpty();
    }

    @Test
    void aRedisThatHangsHoldsNobodyUp() throws Exception {
        server.pause();
        long begin = System.nanoTime();
        for (int i = 0; i < 5_000; i++) {
            here.signals.tell("nobody.listens", "0199d3a0-0000-7000-8000-000000000000");
        }
        here.signals.tell(Heard.TOPIC, "while it hangs");
        assertThat(there.heard.next()).isEqualTo("while it hangs");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PATIENCE);
        awaitHealth("degraded");

        server.resume();
        here.awaitUp();
        here.signals.tell(Heard.TOPIC, "and after");
        assertThat(there.heard.next()).isEqualTo("and after");
    }

    @Test
    void whatIsAskedWhileItIsAwayFailsAtOnce() throws Exception {
        server.kill();
        awaitHealth("degraded");

        CompletionStage<Long> refused = here.redis.publish("any", new byte[1]);

        assertThat(refused.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void itMayComeLaterThanTheServer() throws Exception {
        server.kill();
        One late = new One();
        late.redis.whenUp(late.ups::release);
        late.redis.start();
        assertThat(late.redis.isUp()).isFalse();

        server.restart();
        late.awaitUp();

        assertThat(late.redis.isUp()).isTrue();
        late.redis.stop();
    }

    /// Each look takes at most a second; the last finds what is asked for.
    private void awaitHealth(String status) throws TimeoutException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        HealthPart.State state = here.redis.state();
        while (!state.status().equals(status)) {
            if (System.nanoTime() > end) {
                throw new TimeoutException("still " + state);
            }
            state = here.redis.state();
        }
    }
}
