package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.settings.StartFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterConfigurationTest {
    @ParameterizedTest
    @ValueSource(strings = {"redis+other://u:secret@host", "redis://u:secret@host/first"})
    void whatLeadsToNoRedisStopsTheStartInOneSentence(String url) {
        ClusterConfiguration configuration = new ClusterConfiguration();
        assertThatThrownBy(() -> configuration.redis(new ClusterProperties(true, url)))
                .isInstanceOf(StartFailure.class)
                .hasMessage("REDIS_URL is not of the form redis://user:password@host:6379/0.");
    }
}
