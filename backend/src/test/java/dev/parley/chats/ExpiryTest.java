package dev.parley.chats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.database.TestDatabase;
import dev.parley.shared.AuditEvent;
import dev.parley.shared.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ExpiryTest {
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration RETENTION = Duration.ofDays(ChatsForTests.RETENTION_DAYS);

    private final ChatsForTests world = new ChatsForTests(DATABASE);

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void whatNobodyWroteInForSoLongIsDeletedAndTheRestStays() {
        Chat lying = world.newChat();
        Chat pinned = world.newChat();
        world.chats.update(world.owner, pinned.id(), new ChatChange(false, null, null, true, false, "{}"));
        Chat continued = world.newChat();
        world.exchange(continued, new Conversation.Place.Current(), "Long ago", "Yes");
        world.clock.pass(RETENTION.plusSeconds(1));
        Chat recent = world.newChat();
        world.exchange(continued, new Conversation.Place.Current(), "And now", "Still");
        world.events.clear();

        world.expiry.run();

        assertThat(ids()).containsExactlyInAnyOrder(continued.id(), recent.id());
        assertThat(world.events)
                .contains(
                        new ChatDeleted(world.owner, lying.id()),
                        new ChatDeleted(world.owner, pinned.id()),
                        new AuditEvent(null, "chats.expired", null, Map.of("chats", "2")));
        world.clock.pass(Chats.RESTORABLE.plusSeconds(1));
        world.purge.run();
        assertThat(DATABASE.jdbc()
                        .sql("select id from chat where owner_id = :owner")
                        .param("owner", world.owner.value())
                        .query(UUID.class)
                        .list())
                .containsExactlyInAnyOrder(continued.id(), recent.id());
    }

    @Test
    void moreThanOneBatchGoesAndItsRoomIsGivenBack() {
        // Where another one is at it, a table is left out.
        DATABASE.jdbc()
                .sql("alter table message set (autovacuum_enabled = off)")
                .update();
        IntStream.range(0, 205).forEach(_ -> world.newChat());
        world.clock.pass(RETENTION.plusSeconds(1));
        world.expiry.run();
        assertThat(ids()).isEmpty();
        int before = vacuumed();
        world.clock.pass(Chats.RESTORABLE.plusSeconds(1));
        world.purge.run();
        assertThat(vacuumed()).isEqualTo(before + 1);
        world.purge.run();
        assertThat(vacuumed()).as("nothing more is gone").isEqualTo(before + 1);
    }

    private static int vacuumed() {
        return DATABASE.jdbc()
                .sql("select vacuum_count from pg_stat_user_tables where relname = 'message'")
                .query(Integer.class)
                .single();
    }

    @Test
    void withoutThePolicyNothingGoes() {
        Chat lying = world.newChat();
        world.clock.pass(Duration.ofDays(10_000));
        new Expiry(world.chats, new ChatsProperties(null), world.clock).run();
        assertThat(ids()).containsExactly(lying.id());
    }

    private List<UUID> ids() {
        return world.chats.list(world.owner, false, new PageRequest(100, null)).items().stream()
                .map(Chat::id)
                .toList();
    }
}
