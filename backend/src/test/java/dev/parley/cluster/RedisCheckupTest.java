package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.RedisServer;
import dev.parley.shared.Checkup.Finding;
import dev.parley.shared.Checkup.Verdict;
import org.junit.jupiter.api.Test;

class RedisCheckupTest {
    private static Finding look(String url) {
        return new RedisCheckup(new ClusterProperties(url)).look().getFirst();
    }

    @Test
    void saysWhatIsWrongAndWhatToDo() {
        assertThat(look("").verdict()).isEqualTo(Verdict.OFF);
        assertThat(look("redis://host:port").sentence())
                .isEqualTo("REDIS_URL is not of the form redis://user:password@host:6379/0; correct it.");
        try (RedisServer redis = RedisServer.start()) {
            assertThat(look(redis.url()).verdict()).isEqualTo(Verdict.OK);

            Finding refused = look("redis://nobody:hush@127.0.0.1:" + redis.port());
            assertThat(refused.verdict()).isEqualTo(Verdict.BROKEN);
            assertThat(refused.sentence())
                    .startsWith("Redis at 127.0.0.1:" + redis.port() + " could not be used: ")
                    .contains("Check REDIS_URL and whether Redis runs")
                    .doesNotContain("hush");
        }
    }
}
