package dev.parley.database;

import com.zaxxer.hikari.HikariPoolMXBean;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/// How far the pools of connections are used.
@Component
class PoolMeters implements MeterBinder {
    private final WalledDataSource source;

    PoolMeters(WalledDataSource source) {
        this.source = source;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        source.eachPool((name, pool) -> {
            gauge(registry, name, "active", pool, HikariPoolMXBean::getActiveConnections);
            gauge(registry, name, "idle", pool, HikariPoolMXBean::getIdleConnections);
            gauge(registry, name, "waiting", pool, HikariPoolMXBean::getThreadsAwaitingConnection);
        });
    }

    private static void gauge(
            MeterRegistry registry,
            String name,
            String state,
            HikariPoolMXBean pool,
            ToDoubleFunction<HikariPoolMXBean> count) {
        Gauge.builder("parley.pool", pool, count)
                .description("Connections of the database in use and idle, and who waits for one")
                .tag("pool", name)
                .tag("state", state)
                .register(registry);
    }
}
