package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisServerTest {
    @Test
    void comesBackEmptyOnTheSamePort() {
        try (RedisServer redis = RedisServer.start()) {
            redis.ask("SET kept 1");
            assertThat(redis.ask("GET kept")).isEqualTo("1");

            redis.kill();
            redis.restart();

            assertThat(redis.ask("GET kept")).isEqualTo("$-1");
        }
    }

    @Test
    void goesOnAfterAPause() {
        try (RedisServer redis = RedisServer.start()) {
            redis.ask("SET kept 1");
            redis.pause();
            redis.resume();

            assertThat(redis.ask("GET kept")).isEqualTo("1");

            redis.flush();
            assertThat(redis.ask("GET kept")).isEqualTo("$-1");
        }
    }
}
