package dev.parley.models;

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

/// Which models a provider says it has: asked in the background, remembered, asked again when old. When the provider
/// fails to say, what it said last stays.
final class Listing {
    private static final Logger log = LoggerFactory.getLogger(Listing.class);

    private final String provider;
    private final Supplier<List<String>> question;
    private final long lifetime;
    private final LongSupplier nanoTime;
    private final Lock lock = new ReentrantLock();
    private volatile CompletableFuture<Void> asking = CompletableFuture.completedFuture(null);
    private long due;
    private volatile List<String> names = List.of();

    Listing(String provider, Supplier<List<String>> question, Duration lifetime, LongSupplier nanoTime) {
        this.provider = provider;
        this.question = question;
        this.lifetime = lifetime.toNanos();
        this.nanoTime = nanoTime;
        this.due = nanoTime.getAsLong();
    }

    List<String> names() {
        askIfDue();
        return names;
    }

    /// Waits for what is being asked, though not longer than this.
    void await(Duration longest) {
        askIfDue();
        asking.copy()
                .completeOnTimeout(null, longest.toNanos(), TimeUnit.NANOSECONDS)
                .join();
    }

    private void askIfDue() {
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
            names = List.copyOf(question.get());
        } catch (ProviderException e) {
            log.info("{} did not list its models: {}", provider, e.sentence());
        }
    }
}
