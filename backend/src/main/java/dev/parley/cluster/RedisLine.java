package dev.parley.cluster;

import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/// Two connections to Redis, one to ask and one to be told. They serve until the first sign that something is wrong,
/// and are then given up as a whole: what is half there would be neither used nor replaced.
final class RedisLine implements AutoCloseable {
    /// Redis answers in less than a millisecond. Nothing waits longer for it.
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /// Nobody waits for a connection to be made, and a process that has just begun is slow.
    static final Duration OPENING = Duration.ofSeconds(3);

    /// Somebody who signs in waits for it.
    private static final Duration BUCKETS_PATIENCE = Duration.ofMillis(250);

    private static final int MOST_UNANSWERED = 1024;
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private final StatefulRedisConnection<String, byte[]> commands;
    private final StatefulRedisPubSubConnection<String, byte[]> news;
    private final ProxyManager<String> buckets;

    private RedisLine(
            StatefulRedisConnection<String, byte[]> commands, StatefulRedisPubSubConnection<String, byte[]> news) {
        this.commands = commands;
        this.news = news;
        buckets = Bucket4jLettuce.casBasedBuilder(commands)
                .requestTimeout(BUCKETS_PATIENCE)
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(PATIENCE))
                .build();
    }

    /// No command waits for a connection, and few for an answer.
    static ClientOptions options() {
        return ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_UNANSWERED)
                .timeoutOptions(TimeoutOptions.enabled(PATIENCE))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(OPENING)
                        .keepAlive(true)
                        .build())
                .build();
    }

    static RedisLine open(RedisClient client, RedisURI address)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<StatefulRedisConnection<String, byte[]>> commands =
                client.connectAsync(CODEC, address).toCompletableFuture();
        CompletableFuture<StatefulRedisPubSubConnection<String, byte[]>> news =
                client.connectPubSubAsync(CODEC, address).toCompletableFuture();
        try {
            return new RedisLine(await(commands), await(news));
        } catch (ExecutionException | TimeoutException e) {
            var _ = commands.thenAccept(RedisLine::close);
            var _ = news.thenAccept(RedisLine::close);
            throw e;
        }
    }

    /// @param listener of channel and message
    void subscribe(Set<String> channels, BiConsumer<String, byte[]> listener)
            throws InterruptedException, ExecutionException, TimeoutException {
        news.addListener(new RedisPubSubAdapter<String, byte[]>() {
            @Override
            public void message(String channel, byte[] message) {
                listener.accept(channel, message);
            }
        });
        await(news.async().subscribe(channels.toArray(String[]::new)));
    }

    boolean isOpen() {
        return commands.isOpen() && news.isOpen();
    }

    CompletionStage<Long> publish(String channel, byte[] message) {
        return commands.async().publish(channel, message);
    }

    /// Buckets of tokens by key, each kept until it would be full again.
    ProxyManager<String> buckets() {
        return buckets;
    }

    @Override
    public void close() {
        close(commands);
        close(news);
    }

    private static void close(StatefulRedisConnection<String, byte[]> connection) {
        if (connection.isOpen()) {
            var _ = connection.closeAsync();
        }
    }

    private static <T> T await(Future<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        // The client's own limit comes first and says more.
        return future.get(OPENING.toMillis() * 2, TimeUnit.MILLISECONDS);
    }
}
