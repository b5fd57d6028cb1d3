package dev.parley.live;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

@Component
class ConnectionMeters implements MeterBinder {
    private final Connections connections;

    ConnectionMeters(Connections connections) {
        this.connections = connections;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("parley.websockets", connections, all -> all.all().size())
                .description("WebSockets that are open on this node")
                .register(registry);
    }
}
