package dev.parley.memory;

import dev.parley.memory.Memory.Status;
import dev.parley.memory.MemoryRepository.Filter;
import dev.parley.shared.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/// What a memory service keeps, asked for while our own index is searched. One that is slow or fails costs an
/// answer its notes, not those of turns, and is left alone for a while.
@Component
class KeptElsewhere implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(KeptElsewhere.class);
    private static final Filter ACTIVE = new Filter(Status.ACTIVE, null, null);
    /// Less than an answer waits for memory altogether.
    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(20);

    private final MemoryStore store;
    private final Clock clock;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("kept-elsewhere-", 0).factory());
    private volatile Instant pausedUntil = Instant.MIN;

    KeptElsewhere(MemoryStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// Whether memories are kept with a service, and not here.
    boolean isUsed() {
        return store instanceof Mem0Memories;
    }

    /// Begins to ask.
    ///
    /// @return what came of it, which is waited for
    Supplier<List<Memory>> ask(UserId owner, String question, int most) {
        if (!isUsed() || clock.instant().isBefore(pausedUntil)) {
            return List::of;
        }
        long start = System.nanoTime();
        Future<List<Memory>> asked = threads.submit(() -> store.search(owner, question, ACTIVE, most).stream()
                .map(MemoryStore.Found::memory)
                .toList());
        return () -> await(asked, BOUND.toNanos() - (System.nanoTime() - start));
    }

    private List<Memory> await(Future<List<Memory>> asked, long nanos) {
        try {
            return asked.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            asked.cancel(true);
            pause("It takes too long.");
        } catch (ExecutionException e) {
            pause(String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        } catch (InterruptedException e) {
            asked.cancel(true);
            Thread.currentThread().interrupt();
        }
        return List.of();
    }

    private void pause(String reason) {
        log.warn("For {} s answers go without what the memory service keeps. {}", PAUSE.toSeconds(), reason);
        pausedUntil = clock.instant().plus(PAUSE);
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
