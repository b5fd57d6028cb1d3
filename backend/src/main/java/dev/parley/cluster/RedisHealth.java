package dev.parley.cluster;

import dev.parley.shared.HealthPart;
import org.springframework.stereotype.Component;

/// Nodes speak through PostgreSQL alone.
@Component
class RedisHealth implements HealthPart {
    @Override
    public String name() {
        return "redis";
    }

    @Override
    public State state() {
        return State.DISABLED;
    }
}
