package dev.parley.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// News by Redis: sooner than by PostgreSQL, which carries the same. So nothing is repeated here, and nothing said of
/// what could not be carried. What comes while one bundle is under way is the next.
final class RedisCarrier implements Carrier {
    private static final Logger log = LoggerFactory.getLogger(RedisCarrier.class);
    private static final String CHANNEL = "signals";
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int LARGEST = 64 * 1024;

    private final Redis redis;
    private final Outbox outbox = new Outbox();
    private volatile @Nullable Recipient recipient;
    private @Nullable Thread sending;

    RedisCarrier(Redis redis) {
        this.redis = redis;
        redis.subscribe(CHANNEL, this::hear);
    }

    @Override
    public void start(String sender, Recipient toBeTold) {
        recipient = toBeTold;
        sending = Thread.ofPlatform().name("signals-redis").daemon().start(() -> send(sender));
    }

    @Override
    public void carry(Signal signal) {
        outbox.add(signal);
    }

    @Override
    public void close() {
        outbox.close();
        try {
            if (sending != null) {
                sending.join(PATIENCE.multipliedBy(2));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear(byte[] message) {
        Recipient known = recipient;
        if (known != null) {
            known.hear(new String(message, UTF_8));
        }
    }

    private void send(String sender) {
        try {
            for (List<Signal> signals = outbox.take(); !signals.isEmpty(); signals = outbox.take()) {
                for (String bundle : Bundle.written(sender, signals, LARGEST)) {
                    publish(bundle);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish(String bundle) throws InterruptedException {
        try {
            redis.publish(CHANNEL, bundle.getBytes(UTF_8))
                    .toCompletableFuture()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.debug("News is left to PostgreSQL.", e);
        }
    }
}
