package dev.parley.cluster;

import org.springframework.stereotype.Component;

/// Limits that hold for all nodes together while Redis is there, and for each by itself while it is not.
@Component
public class RateLimits {
    private final Redis redis;

    RateLimits(Redis redis) {
        this.redis = redis;
    }

    /// @param name of the limit: each has keys of its own
    public RateLimit perMinute(String name, int tokens) {
        return new RateLimit(name, tokens, redis);
    }
}
