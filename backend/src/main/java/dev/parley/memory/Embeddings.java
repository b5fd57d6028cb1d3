package dev.parley.memory;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/// What texts mean, computed on one platform thread. The model (230 MB) is loaded by whoever first needs it and may
/// wait, or in the background when an answer asks; and let go when nobody has asked for a while.
@Component
class Embeddings implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(Embeddings.class);
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int WAITING = 256;
    /// After a failure the model is not tried again for so long: searching goes on by words.
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final String model;
    private final EmbedderSource source;
    private final AtomicBoolean loading = new AtomicBoolean();
    private volatile @Nullable Embedder embedder;
    private volatile long usedNanos = System.nanoTime();
    private volatile long failedNanos;
    private volatile boolean failed;
    private final ThreadPoolExecutor worker = new ThreadPoolExecutor(
            1,
            1,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("meaning").daemon().factory());

    Embeddings(EmbedderSource source) {
        this.source = source;
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

    /// For somebody who can wait a little: empty when it is not there by then.
    Optional<List<byte[]>> soon(List<String> texts, Duration patience) {
        try {
            return await(submit(() -> embedder().embed(texts)), patience);
        } catch (ParleyException e) {
            return Optional.empty(); // words are enough to find something; background work reports what is wrong
        }
    }

    /// For an answer: empty when the model is not at hand in time. Then it is loaded, for the next.
    Optional<List<byte[]>> ifAtHand(List<String> texts, Duration patience) {
        if (!isOn()) {
            return Optional.empty();
        }
        if (embedder == null) {
            prepare();
            return Optional.empty();
        }
        return soon(texts, patience);
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

    /// Gives back what has not been used for a while.
    void rest() {
        worker.execute(() -> {
            if (System.nanoTime() - usedNanos > IDLE.toNanos()) {
                close();
            }
        });
    }

    @Override
    public void destroy() {
        worker.shutdown();
        try {
            // The library is not to be closed under a computation.
            if (worker.awaitTermination(2, TimeUnit.SECONDS)) {
                close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void close() {
        if (embedder instanceof MiniLm loaded) {
            embedder = null;
            loaded.close();
        }
    }

    /// On the worker's thread alone.
    private Embedder embedder() {
        usedNanos = System.nanoTime();
        Embedder ready = embedder;
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
        embedder = ready;
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
