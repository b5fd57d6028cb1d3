package dev.parley.cluster;

import dev.parley.shared.HealthPart;
import dev.parley.shared.Ids;
import dev.parley.shared.Ticker;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// A Redis that is looked after: twice a second something is sent through it to ourselves. Whatever fails, the line is
/// given up and another one tried, and meanwhile everything is refused at once.
final class LettuceRedis implements Redis, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(LettuceRedis.class);
    private static final Duration BEAT = Duration.ofMillis(500);
    /// What was sent to ourselves has not come back for so long.
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private static final Pattern HOST =
            Pattern.compile("(?<name>[\\w.-]+|\\[?[0-9A-Fa-f:.]+]?)(?::(?<port>\\d{1,5}))?");

    private final RedisURI address;
    private final ClientResources threads = ClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .build();
    private final RedisClient client;
    private final Map<String, Consumer<byte[]>> listeners = new ConcurrentHashMap<>();
    private final List<Runnable> waiting = new CopyOnWriteArrayList<>();
    private final String pulse = "pulse:" + Ids.next();
    private volatile @Nullable RedisLine line;
    private volatile long heard;
    private volatile @Nullable Ticker ticker;
    private boolean saidLost;

    /// Two installations on one Redis keep apart by their database's number: Redis keeps its keys apart by it, but not
    /// its channels.
    LettuceRedis(String url) {
        address = address(url);
        address.setTimeout(RedisLine.OPENING);
        client = RedisClient.create(threads);
        client.setOptions(RedisLine.options());
        subscribe(pulse, _ -> heard = System.nanoTime());
    }

    /// A host with an underscore, as composed containers have it, is none to Java's URLs; its port is then taken for a
    /// part of it.
    ///
    /// @throws IllegalArgumentException when it leads to no Redis
    static RedisURI address(String url) {
        RedisURI address = RedisURI.create(url);
        Matcher host = HOST.matcher(address.getHost());
        if (!host.matches()) {
            throw new IllegalArgumentException("This is no host");
        }
        if (host.group("port") != null) {
            address.setHost(host.group("name"));
            address.setPort(Integer.parseInt(host.group("port")));
        }
        return address;
    }

    @Override
    public boolean isUp() {
        RedisLine current = line;
        return current != null && current.isOpen();
    }

    /// Before the start.
    @Override
    public void subscribe(String channel, Consumer<byte[]> listener) {
        listeners.put(full(channel), listener);
    }

    @Override
    public void whenUp(Runnable listener) {
        waiting.add(listener);
    }

    @Override
    public CompletionStage<Long> publish(String channel, byte[] message) {
        RedisLine current = line;
        if (current == null) {
            return CompletableFuture.failedStage(new IllegalStateException("Redis is away"));
        }
        return current.publish(full(channel), message).whenComplete((_, failure) -> {
            if (failure != null) {
                giveUp(current, failure);
            }
        });
    }

    /// Null while it is away.
    @Nullable
    RedisLine line() {
        return line;
    }

    @Override
    public HealthPart.State state() {
        RedisLine current = line;
        long begin = System.nanoTime();
        try {
            publish(pulse, new byte[0]).toCompletableFuture().get(RedisLine.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return HealthPart.State.ok(System.nanoTime() - begin);
        } catch (ExecutionException | TimeoutException e) {
            if (current != null) {
                giveUp(current, e);
            }
            return HealthPart.State.degraded("Redis does not answer; nodes speak through the database meanwhile.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HealthPart.State.degraded("The server is stopping.");
        }
    }

    @Override
    public void start() {
        ticker = Ticker.start("redis", BEAT, this::look);
    }

    @Override
    public void stop() {
        Ticker looking = ticker;
        if (looking != null) {
            looking.close();
            ticker = null;
        }
        line = null;
        client.shutdownAsync(0, RedisLine.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        threads.shutdown(0, RedisLine.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(RedisLine.PATIENCE.toMillis());
    }

    @Override
    public boolean isRunning() {
        return ticker != null;
    }

    /// Before those who use it, and after them.
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1500;
    }

    private void look() {
        RedisLine current = line;
        if (current != null && !current.isOpen()) {
            giveUp(current, new IllegalStateException("the connection is closed"));
        } else if (current != null && System.nanoTime() - heard > SILENCE.toNanos()) {
            giveUp(current, new TimeoutException("it tells nothing"));
        }
        if (line == null) {
            connect();
        } else {
            publish(pulse, new byte[0]);
        }
    }

    private void connect() {
        RedisLine fresh = null;
        try {
            fresh = RedisLine.open(client, address);
            fresh.subscribe(listeners.keySet(), this::hear);
            heard = System.nanoTime();
            line = fresh;
            if (saidLost) {
                log.info("Redis is back.");
            }
            saidLost = false;
            waiting.forEach(Runnable::run);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            if (fresh != null) {
                fresh.close();
            }
            sayLost(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear(String channel, byte[] message) {
        Consumer<byte[]> listener = listeners.get(channel);
        if (listener != null) {
            try {
                listener.accept(message);
            } catch (RuntimeException e) {
                // The next message is somebody else's.
                log.error("A message on {} could not be taken.", channel, e);
            }
        }
    }

    synchronized void giveUp(RedisLine broken, Throwable reason) {
        if (line == broken) {
            line = null;
            broken.close();
            sayLost(reason);
        }
    }

    private synchronized void sayLost(Throwable reason) {
        if (!saidLost) {
            Throwable cause = reason instanceof CompletionException || reason instanceof ExecutionException
                    ? reason.getCause()
                    : reason;
            log.warn("Redis is away, and nodes speak through the database meanwhile: {}", String.valueOf(cause));
        }
        saidLost = true;
    }

    String full(String channel) {
        return "parley:" + address.getDatabase() + ':' + channel;
    }
}
