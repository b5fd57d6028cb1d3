package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.settings.StartFailure;
import io.lettuce.core.RedisURI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterConfigurationTest {
    @ParameterizedTest
    @ValueSource(strings = {"redis+other://u:secret@host", "redis://u:secret@host/first", "redis://u:secret@host:port"})
    void whatLeadsToNoRedisStopsTheStartInOneSentence(String url) {
        ClusterConfiguration configuration = new ClusterConfiguration();
        assertThatThrownBy(() -> configuration.redis(new ClusterProperties(url)))
                .isInstanceOf(StartFailure.class)
                .hasMessage("REDIS_URL is not of the form redis://user:password@host:6379/0.");
    }

    @ParameterizedTest
    @CsvSource({
        "redis://redis.example.org:6380/1, redis.example.org, 6380, 1",
        "redis://u:p@my_redis:6380/1, my_redis, 6380, 1",
        "redis://my_redis, my_redis, 6379, 0",
        "redis://u:p@ss@host:6380, host, 6380, 0",
        "redis://[::1]:6380, [::1], 6380, 0",
        "rediss://127.0.0.1, 127.0.0.1, 6379, 0"
    })
    void isReadAsItIsMeant(String url, String host, int port, int database) {
        RedisURI address = LettuceRedis.address(url);
        assertThat(address.getHost()).isEqualTo(host);
        assertThat(address.getPort()).isEqualTo(port);
        assertThat(address.getDatabase()).isEqualTo(database);
    }
}
