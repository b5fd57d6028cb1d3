package dev.parley.cluster;

import dev.parley.shared.Checkup;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;

/// Whether the Redis that is set answers.
class RedisCheckup implements Checkup {
    private static final String ABOUT = "redis";

    private final ClusterProperties properties;

    RedisCheckup(ClusterProperties properties) {
        this.properties = properties;
    }

    @Override
    public List<Finding> look() {
        if (properties.redisUrl().isEmpty()) {
            return List.of(Finding.off(ABOUT, "REDIS_URL is not set, and one server needs none."));
        }
        try {
            RedisURI address = LettuceRedis.address(properties.redisUrl());
            address.setTimeout(RedisLine.OPENING);
            return List.of(greet(address));
        } catch (IllegalArgumentException e) {
            return List.of(Finding.broken(
                    ABOUT, "REDIS_URL is not of the form redis://user:password@host:6379/0; correct it."));
        }
    }

    private static Finding greet(RedisURI address) {
        String place = address.getHost() + ":" + address.getPort();
        RedisClient client = RedisClient.create(address);
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            long begin = System.nanoTime();
            connection.sync().ping();
            return Finding.ok(
                    ABOUT, "Redis at %s answers in %.1f ms.".formatted(place, (System.nanoTime() - begin) / 1e6));
        } catch (RuntimeException e) {
            return Finding.broken(
                    ABOUT,
                    "Redis at " + place + " could not be used: " + reason(e)
                            + ". Check REDIS_URL and whether Redis runs; without it nodes speak through the database.");
        } finally {
            client.shutdown();
        }
    }

    /// The innermost is the one that says something.
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return String.valueOf(innermost.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("\\.$", "");
    }
}
