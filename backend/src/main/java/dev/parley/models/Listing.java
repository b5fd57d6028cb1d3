package dev.parley.models;

import dev.parley.models.Models.Model;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which models a provider has: asked in the background, remembered, asked again when old. When the provider fails to
/// say, what it said last stays, and it is asked again sooner.
final class Listing {
    private static final Logger log = LoggerFactory.getLogger(Listing.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(20);

    private final String provider;
    private final Supplier<List<Model>> question;
    private final long lifetime;
    private final LongSupplier nanoTime;
    private final Lock lock = new ReentrantLock();
    private volatile CompletableFuture<Void> asking = CompletableFuture.completedFuture(null);
    private volatile long due;
    private volatile List<Model> models;
    private volatile boolean failed;

    /// @param atFirst the models until the provider has said which it has
    Listing(
            String provider,
            List<Model> atFirst,
            Supplier<List<Model>> question,
            Duration lifetime,
            LongSupplier nanoTime) {
        this.provider = provider;
        this.models = atFirst;
        this.question = question;
        this.lifetime = lifetime.toNanos();
        this.nanoTime = nanoTime;
        this.due = nanoTime.getAsLong();
    }

    List<Model> models() {
        askIfDue();
        return models;
    }

    /// Waits for what is being asked, though not longer than this.
    void await(Duration longest) {
        askIfDue();
        asking.copy()
                .completeOnTimeout(null, longest.toNanos(), TimeUnit.NANOSECONDS)
                .join();
    }

    private void askIfDue() {
        if (nanoTime.getAsLong() - due < 0) {
            return;
        }
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            if (now - due >= 0 && asking.isDone()) {
                due = now + lifetime;
                asking = CompletableFuture.runAsync(
                        this::ask,
                        task -> Thread.ofVirtual().name("models of " + provider).start(task));
            }
        } finally {
            lock.unlock();
        }
    }

    private void ask() {
        try {
            models = List.copyOf(question.get());
            failed = false;
        } catch (ProviderException e) {
            if (!failed) {
                log.info("{} did not list its models: {}", provider, e.sentence());
            }
            tryAgainSoon();
        } catch (RuntimeException e) {
            // A list that we cannot read must not take those of other providers with it.
            log.error("The list of models of {} could not be read.", provider, e);
            tryAgainSoon();
        }
    }

    private void tryAgainSoon() {
        due = nanoTime.getAsLong() + AFTER_FAILURE.toNanos();
        failed = true;
    }
}
