package dev.parley.metrics;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param port null: nothing is measured; 0: any that is free
/// @param address on which it listens
@ConfigurationProperties("parley.metrics")
record MetricsProperties(
        @Nullable Integer port, @DefaultValue("127.0.0.1") String address) {
    boolean on() {
        return port != null;
    }
}
