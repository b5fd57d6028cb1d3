package dev.parley.cluster;

import dev.parley.database.Database;
import dev.parley.shared.Ids;
import dev.parley.shared.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// News within this process at once, and to the other nodes by whatever carries it there. Who holds the database
/// alone has no other nodes.
@Component
class NodeSignals implements Signals, SmartLifecycle, Carrier.Recipient {
    private static final Logger log = LoggerFactory.getLogger(NodeSignals.class);
    private static final String PULSE = "signals.pulse";
    private static final Duration BEAT = Duration.ofSeconds(2);
    static final Duration SILENCE = Duration.ofSeconds(10);

    private final List<Carrier> carriers;
    /// Of this process, and not the node's id, which may change while it lives.
    private final String self = Ids.next().toString();

    private final HeardAlready heardAlready = new HeardAlready();
    private final AtomicLong told = new AtomicLong();
    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();
    private final List<Runnable> missing = new CopyOnWriteArrayList<>();
    private final LongSupplier nanoTime;
    /// When news of its own last came back to it.
    private volatile long echoed;

    private volatile @Nullable Ticker pulse;
    private volatile boolean running;

    @Autowired
    NodeSignals(Database database, Redis redis) {
        this(carriers(database, redis), System::nanoTime);
    }

    NodeSignals(List<Carrier> carriers, LongSupplier nanoTime) {
        this.carriers = List.copyOf(carriers);
        this.nanoTime = nanoTime;
        echoed = nanoTime.getAsLong() - SILENCE.toNanos();
    }

    private static List<Carrier> carriers(Database database, Redis redis) {
        if (database.embedded()) {
            return List.of();
        }
        Carrier postgres = new PostgresCarrier(database);
        return redis instanceof NoRedis ? List.of(postgres) : List.of(postgres, new RedisCarrier(redis));
    }

    @Override
    public void tell(String topic, String body) {
        Signal signal = new Signal(told.incrementAndGet(), topic, body);
        deliver(signal);
        for (Carrier carrier : carriers) {
            carrier.carry(signal);
        }
    }

    @Override
    public void on(String topic, Consumer<String> listener) {
        listeners.computeIfAbsent(topic, _ -> new CopyOnWriteArrayList<>()).add(listener);
    }

    @Override
    public void onGap(Runnable listener) {
        missing.add(listener);
    }

    @Override
    public void hear(String written) {
        Bundle bundle;
        try {
            bundle = Bundle.read(written);
        } catch (IllegalArgumentException e) {
            log.warn("News that this version of Parley cannot read: {}", e.getMessage());
            tellOfGap();
            return;
        }
        if (bundle.sender().equals(self)) {
            echoed = nanoTime.getAsLong();
        } else {
            for (Signal signal : bundle.signals()) {
                if (signal.tellsOfMissed() || heardAlready.isNew(bundle.sender(), signal.number())) {
                    deliver(signal);
                }
            }
        }
    }

    @Override
    public void missed() {
        tellOfGap();
        Ticker beating = pulse;
        if (beating != null) {
            beating.hurry();
        }
    }

    private void tellOfGap() {
        missing.forEach(listener -> call(listener, "a gap"));
    }

    /// Whether news goes all the way, as between two nodes: what this one tells comes back to it by some carrier. Where
    /// there are no other nodes there is nothing to go.
    boolean isHeard() {
        return isAlone() || nanoTime.getAsLong() - echoed < SILENCE.toNanos();
    }

    boolean isAlone() {
        return carriers.isEmpty();
    }

    /// Tells all nodes what means something to this one alone.
    private void beat() {
        Signal signal = new Signal(told.incrementAndGet(), PULSE, "");
        carriers.forEach(carrier -> carrier.carry(signal));
    }

    private void deliver(Signal signal) {
        if (signal.tellsOfMissed()) {
            tellOfGap();
            return;
        }
        for (Consumer<String> listener : listeners.getOrDefault(signal.topic(), List.of())) {
            call(() -> listener.accept(signal.body()), signal.topic());
        }
    }

    /// What one listener cannot take keeps nothing from the others, nor from who tells it.
    private static void call(Runnable listener, String occasion) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            log.error("A listener failed at the news of {}.", occasion, e);
        }
    }

    @Override
    public void start() {
        running = true;
        carriers.forEach(carrier -> carrier.start(self, this));
        if (!isAlone()) {
            pulse = Ticker.start("signals-pulse", BEAT, this::beat);
        }
    }

    @Override
    public void stop() {
        running = false;
        Ticker beating = pulse;
        if (beating != null) {
            beating.close();
        }
        carriers.forEach(Carrier::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Before whoever tells something, and until the last has told it.
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 2000;
    }
}
