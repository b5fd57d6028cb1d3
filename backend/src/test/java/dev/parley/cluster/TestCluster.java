package dev.parley.cluster;

import dev.parley.RedisServer;
import dev.parley.database.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What passes between the nodes of a test, as one of them has it: begun, and connected.
public final class TestCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final NodeSignals signals;
    private final Redis redis;

    private TestCluster(TestDatabase database, Redis redis) {
        this.redis = redis;
        signals = new NodeSignals(database.shared(), redis);
    }

    public static TestCluster on(TestDatabase database) {
        return new TestCluster(database, new NoRedis());
    }

    public static TestCluster on(TestDatabase database, RedisServer server) {
        return new TestCluster(database, new LettuceRedis(server.url()));
    }

    /// Of a node without others, or of several in one process.
    public static Signals alone() {
        return new NodeSignals(List.of(), System::nanoTime);
    }

    public static RateLimits rateLimits() {
        return new RateLimits(new NoRedis());
    }

    public Signals signals() {
        return signals;
    }

    public Redis redis() {
        return redis;
    }

    /// When everything that uses it has been made. Returns when news arrives.
    public void start() throws InterruptedException {
        CountDownLatch listening = new CountDownLatch(1);
        CountDownLatch up = new CountDownLatch(1);
        signals.onGap(listening::countDown);
        redis.whenUp(up::countDown);
        signals.start();
        await(listening);
        if (redis instanceof LettuceRedis lettuce) {
            lettuce.start();
            await(up);
        }
    }

    private static void await(CountDownLatch connected) throws InterruptedException {
        if (!connected.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("The node does not hear the others");
        }
    }

    @Override
    public void close() {
        signals.stop();
        if (redis instanceof LettuceRedis lettuce) {
            lettuce.stop();
        }
    }
}
