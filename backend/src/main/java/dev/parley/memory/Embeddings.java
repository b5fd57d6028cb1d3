package dev.parley.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import dev.parley.models.ProviderException;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// What texts mean, computed on one platform thread. The model (230 MB) is loaded by whoever first needs it and may
/// wait, or in the background when an answer asks; and let go when nobody has asked for a while.
@Component
class Embeddings implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(Embeddings.class);
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int WAITING = 256;
    private static final int SHORTEST = 50;
    private static final String HARMLESS = "The train to the coast leaves at nine.";
    /// After a failure the model is not tried again for so long: searching goes on by words.
    private static final Duration PAUSE = Duration.ofMinutes(5);

    /// What an answer waits for somebody else to say what its question means: words decide then.
    private static final Duration LONGEST_WAIT = Duration.ofMillis(300);

    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final String model;
    private final EmbedderSource source;
    private final Duration longestWait;
    private final AtomicBoolean loading = new AtomicBoolean();
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();
    /// One at most.
    private final Cache<String, Embedder> loaded;
    private volatile long failedNanos;
    private volatile boolean failed;
    private volatile long silentNanos;
    private volatile boolean silent;
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("meaning").daemon().factory());

    @Autowired
    Embeddings(EmbedderSource source) {
        this(source, IDLE, LONGEST_WAIT);
    }

    /// @param idle after which the model is let go
    /// @param longestWait what an answer waits for somebody else
    Embeddings(EmbedderSource source, Duration idle, Duration longestWait) {
        this.source = source;
        this.longestWait = longestWait;
        this.loaded = Caffeine.newBuilder()
                .expireAfterAccess(idle)
                .scheduler(Scheduler.systemScheduler())
                .<String, Embedder>removalListener((_, embedder, _) -> letGo(embedder))
                .build();
        this.model = source.model();
        worker.allowCoreThreadTimeOut(true);
    }

    /// Which model's vectors are compared.
    String model() {
        return model;
    }

    boolean isOn() {
        return !model.isEmpty();
    }

    /// For background work: loads the model and waits.
    ///
    /// @throws ParleyException when it cannot be had
    List<byte[]> embed(List<String> texts) {
        return await(submit(() -> embedder().embed(texts)), PATIENCE).orElseThrow(Embeddings::away);
    }

    /// The same, where a text may be none that the model takes: then empty for that one alone.
    ///
    /// @throws ParleyException when it cannot be had
    List<Optional<byte[]>> embedEach(List<String> texts) {
        try {
            return embed(texts).stream().map(Optional::of).toList();
        } catch (ProviderException e) {
            if (!e.refusesQuestion()) {
                throw e;
            }
        }
        int half = texts.size() / 2;
        return half == 0
                ? List.of(embedShorter(texts.getFirst()))
                : Stream.concat(
                                embedEach(texts.subList(0, half)).stream(),
                                embedEach(texts.subList(half, texts.size())).stream())
                        .toList();
    }

    /// Languages differ in how many tokens a text of some length has.
    private Optional<byte[]> embedShorter(String refused) {
        int half = Math.min(refused.length(), ProviderEmbedder.LONGEST) / 2;
        if (half >= SHORTEST) {
            return embedEach(List.of(Notes.beginning(refused, half))).getFirst();
        }
        // It is the text, and not whatever is asked.
        embed(List.of(HARMLESS));
        return Optional.empty();
    }

    /// For somebody who can wait a little: empty when it is not there by then.
    Optional<List<byte[]>> soon(List<String> texts, Duration patience) {
        try {
            return await(submit(() -> embedder().embed(texts)), patience);
        } catch (ParleyException e) {
            return Optional.empty(); // words are enough to find something; background work reports what is wrong
        }
    }

    /// Whether somebody else is asked, and waited for.
    boolean waits() {
        return source.waits();
    }

    /// For an answer, on the caller's thread, so that it waits behind nothing; a platform thread, unless the model is
    /// somebody else's. Empty when the model is not at hand. Then it is loaded, for the next.
    Optional<List<byte[]>> ifAtHand(List<String> texts) {
        inUse.readLock().lock();
        try {
            Embedder ready = loaded.getIfPresent(model);
            if (ready != null) {
                return waits() ? waitedFor(ready, texts) : Optional.of(ready.embed(texts));
            }
        } finally {
            inUse.readLock().unlock();
        }
        prepare();
        return Optional.empty();
    }

    /// Who did not answer in time is not asked for a while: no answer is to be late for what does not come.
    private Optional<List<byte[]>> waitedFor(Embedder embedder, List<String> texts) {
        long now = System.nanoTime();
        if (silent && now - silentNanos < SILENCE.toNanos()) {
            return Optional.empty();
        }
        FutureTask<List<byte[]>> asked = new FutureTask<>(() -> embedder.embed(texts));
        Thread.ofVirtual().name("meaning-of-question").start(asked);
        Optional<List<byte[]>> found;
        try {
            found = await(asked, longestWait);
        } catch (ParleyException e) {
            return Optional.empty(); // background work reports what is wrong
        }
        asked.cancel(true);
        silent = found.isEmpty() && !Thread.currentThread().isInterrupted();
        if (silent) {
            silentNanos = System.nanoTime();
            log.warn("For {} s memory searches by words alone: the embedding model is slow.", SILENCE.toSeconds());
        }
        return found;
    }

    /// Loads the model in the background.
    void prepare() {
        if (isOn() && !isPaused() && loading.compareAndSet(false, true)) {
            try {
                worker.execute(() -> {
                    try {
                        embedder();
                    } catch (RuntimeException e) {
                        log.warn("Memory searches by words alone: {}", e.getMessage());
                    } finally {
                        loading.set(false);
                    }
                });
            } catch (RejectedExecutionException e) {
                loading.set(false);
            }
        }
    }

    @Override
    public void destroy() {
        worker.shutdown();
        try {
            // The library is not to be closed under a computation.
            if (worker.awaitTermination(2, TimeUnit.SECONDS)) {
                List<Embedder> last = List.copyOf(loaded.asMap().values());
                loaded.invalidateAll();
                last.forEach(this::close);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Behind what is being computed.
    private void letGo(@Nullable Embedder embedder) {
        if (embedder != null && !worker.isShutdown()) {
            worker.execute(() -> close(embedder));
        }
    }

    /// It is not found any more; who found it before has to be done.
    private void close(Embedder embedder) {
        inUse.writeLock().lock();
        try {
            embedder.close();
        } finally {
            inUse.writeLock().unlock();
        }
    }

    /// On the worker's thread alone.
    private Embedder embedder() {
        Embedder ready = loaded.getIfPresent(model);
        if (ready != null) {
            return ready;
        }
        if (isPaused()) {
            throw away();
        }
        try {
            ready = source.load();
        } catch (RuntimeException | LinkageError e) {
            failed = true;
            failedNanos = System.nanoTime();
            throw new IllegalStateException("The embedding model cannot be loaded: " + e.getMessage(), e);
        }
        failed = false;
        loaded.put(model, ready);
        return ready;
    }

    private boolean isPaused() {
        return failed && System.nanoTime() - failedNanos < PAUSE.toNanos();
    }

    private <T> Future<T> submit(Callable<T> work) {
        try {
            return worker.submit(work);
        } catch (RejectedExecutionException e) {
            throw away();
        }
    }

    private static <T> Optional<T> await(Future<T> result, Duration patience) {
        try {
            return Optional.of(result.get(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            result.cancel(false);
            return Optional.empty();
        } catch (InterruptedException e) {
            result.cancel(false);
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ParleyException known) {
                throw known;
            }
            throw new ParleyException(
                    CommonError.SERVICE_UNAVAILABLE,
                    "What texts mean cannot be computed at the moment.",
                    java.util.Map.of(),
                    e.getCause());
        }
    }

    private static ParleyException away() {
        return new ParleyException(
                CommonError.SERVICE_UNAVAILABLE, "What texts mean cannot be computed at the moment.");
    }
}
