package dev.parley.cluster;

import java.time.Duration;
import org.springframework.stereotype.Component;

/// Limits that hold for all nodes together while Redis is there, and for each by itself while it is not.
@Component
public class RateLimits {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Redis redis;

    RateLimits(Redis redis) {
        this.redis = redis;
    }

    /// @param name of the limit: each has keys of its own
    public RateLimit perMinute(String name, int tokens) {
        return new RateLimit(name, tokens, MINUTE, redis);
    }

    public RateLimit perHour(String name, int tokens) {
        return new RateLimit(name, tokens, HOUR, redis);
    }

    /// One that each node has for itself: for what is counted with every request.
    public RateLimit perMinuteHere(String name, int tokens) {
        return new RateLimit(name, tokens, MINUTE, new NoRedis());
    }
}
