package dev.parley.models;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// Ends every exchange that has waited longer than it may.
///
/// One thread looks at all of them a few times a second. A timed read would instead arm and disarm a timer for each
/// token, and could not bound a header that arrives a byte at a time.
final class SilenceWatch implements AutoCloseable {
    private final Set<Exchange> open = ConcurrentHashMap.newKeySet();
    private final long tick;
    private volatile boolean closed;

    SilenceWatch(Duration tick) {
        this.tick = tick.toNanos();
        Thread.ofVirtual().name("silence watch").start(this::run);
    }

    void add(Exchange exchange) {
        open.add(exchange);
    }

    void remove(Exchange exchange) {
        open.remove(exchange);
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(tick);
            long now = System.nanoTime();
            open.forEach(exchange -> exchange.endIfSilent(now));
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
