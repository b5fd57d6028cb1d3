package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.database.TestDatabase;
import dev.parley.shared.Ids;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class NodeRepositoryTest {
    private static final TestDatabase DATABASE = TestDatabase.create();

    private final NodeRepository nodes = new NodeRepository(DATABASE.jdbc());

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private UUID node(Duration lease) {
        UUID id = Ids.next();
        nodes.register(id, lease);
        return id;
    }

    private static List<UUID> dead() {
        return DATABASE.jdbc()
                .sql("select id from node where dead")
                .query((row, _) -> row.getObject("id", UUID.class))
                .list();
    }

    @Test
    void aLeaseThatRanOutIsBuriedAndNeverRenewed() {
        UUID alive = node(Duration.ofHours(1));
        UUID silent = node(Duration.ofHours(-1));
        nodes.buryExpired(alive);
        assertThat(dead()).contains(silent).doesNotContain(alive);
        assertThat(nodes.renew(silent, Duration.ofHours(1))).isFalse();
        assertThat(nodes.renew(alive, Duration.ofHours(1))).isTrue();
    }

    @Test
    void whoBuriesIsAliveHimself() {
        UUID self = node(Duration.ofHours(-1));
        nodes.buryExpired(self);
        assertThat(nodes.renew(self, Duration.ofHours(1))).isTrue();
    }

    @Test
    void aLateRenewalInTimeKeepsTheNode() {
        UUID late = node(Duration.ofHours(-1));
        assertThat(nodes.renew(late, Duration.ofHours(1))).isTrue();
        nodes.buryExpired(node(Duration.ofHours(1)));
        assertThat(dead()).doesNotContain(late);
    }

    @Test
    void onlyTheDeadAreForgotten() {
        UUID alive = node(Duration.ofHours(1));
        UUID retired = node(Duration.ofHours(1));
        nodes.retire(retired);
        nodes.forgetDead();
        assertThat(dead()).doesNotContain(retired);
        assertThat(nodes.renew(alive, Duration.ofHours(1))).isTrue();
    }
}
