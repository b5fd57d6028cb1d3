package dev.parley.cluster;

import dev.parley.shared.HealthPart;
import org.springframework.stereotype.Component;

@Component
class RedisHealth implements HealthPart {
    private final Redis redis;

    RedisHealth(Redis redis) {
        this.redis = redis;
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public State state() {
        return redis.state();
    }
}
