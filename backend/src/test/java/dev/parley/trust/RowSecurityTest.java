package dev.parley.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.Api;
import dev.parley.ApiTest;
import dev.parley.LiveClient;
import dev.parley.database.TestDatabase;
import dev.parley.shared.Acting;
import dev.parley.shared.UserId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// The second wall: what a statement finds that has forgotten its owner.
@ApiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowSecurityTest {
    /// What the server keeps for itself: requests have no right to these.
    private static final List<String> SERVERS = List.of(
            "audit_event",
            "flyway_schema_history",
            "job_failure",
            "model_rule",
            "node",
            "provider",
            "provider_off",
            "refresh_token",
            "search_backlog",
            "setting_override",
            "usage_sum");

    /// What requests leave for the server: ids alone.
    private static final List<String> IDS = List.of("api_key_end", "scheduled_tasks");

    private final int port;
    private final String url;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Belongings victim;
    private final Belongings other;

    RowSecurityTest(
            @LocalServerPort int port,
            @Value("${parley.database.url}") String url,
            @Autowired JdbcClient jdbc,
            @Autowired TransactionTemplate transaction) {
        this.port = port;
        this.url = url;
        this.jdbc = jdbc;
        this.transaction = transaction;
        victim = Belongings.of(port);
        other = Belongings.of(port);
    }

    private static UserId user(Belongings person) {
        return new UserId(UUID.fromString(person.account().id()));
    }

    private List<String> tables() {
        return jdbc.sql("select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'")
                .query(String.class)
                .list();
    }

    @Test
    void theWallStands() {
        assertThat(new Api(port)
                        .get("/health/")
                        .data()
                        .path("components")
                        .path("row_security")
                        .path("status")
                        .asString())
                .isEqualTo("ok");
    }

    @Test
    void everyTableIsBehindTheWall() {
        assertThat(tables())
                .filteredOn(table -> !SERVERS.contains(table) && !IDS.contains(table))
                .allSatisfy(table -> assertThat(jdbc.sql("""
                        select c.relrowsecurity
                               and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'own')
                          from pg_class c where c.oid = cast(:table as regclass)
                        """)
                                .param("table", table)
                                .query(Boolean.class)
                                .single())
                        .as("name an owner in %s, or its rule in afterMigrate.sql", table)
                        .isTrue());
    }

    @TestFactory
    Stream<DynamicTest> aStatementWithoutItsOwnerFindsNothingOfOthers() {
        return Stream.of("account", "session", "password", "chat", "message", "message_search", "chat_search", "memory")
                .map(table -> DynamicTest.dynamicTest(table, () -> {
                    String owner = table.equals("account") ? "id" : "owner_id";
                    String sql = "select distinct " + owner + " from " + table;
                    assertThat(jdbc.sql(sql).query(UUID.class).list())
                            .contains(user(victim).value());
                    try (var _ = Acting.as(user(other))) {
                        assertThat(jdbc.sql(sql).query(UUID.class).list())
                                .containsExactly(user(other).value());
                    }
                }));
    }

    @Test
    void nothingOfOthersIsChangedOrTakenAway() {
        String before = victim.everything();
        try (var _ = Acting.as(user(other))) {
            assertThat(jdbc.sql("update chat set title = 'mine' where id = :id")
                            .param("id", victim.id("chat"))
                            .update())
                    .isZero();
            assertThat(jdbc.sql("delete from message where id = :id")
                            .param("id", victim.id("answer"))
                            .update())
                    .isZero();
            assertThatThrownBy(() -> jdbc.sql("update memory set owner_id = :victim")
                            .param("victim", user(victim).value())
                            .update())
                    .isInstanceOf(DataAccessException.class);
        }
        assertThat(victim.everything()).isEqualTo(before);
    }

    /// One connection after the other, and the same one for different people.
    @Test
    void aConnectionForgetsWhoHadItBefore() {
        for (int i = 0; i < 20; i++) {
            Belongings person = i % 3 == 0 ? victim : other;
            try (var _ = Acting.as(user(person))) {
                assertThat(owners()).containsExactly(user(person).value());
                transaction.executeWithoutResult(status -> {
                    assertThat(owners()).containsExactly(user(person).value());
                    status.setRollbackOnly();
                });
            }
            assertThat(owners()).contains(user(victim).value(), user(other).value());
        }
    }

    private List<UUID> owners() {
        return jdbc.sql("select distinct owner_id from chat").query(UUID.class).list();
    }

    @TestFactory
    Stream<DynamicTest> whatIsTheServersIsClosedToRequests() {
        return SERVERS.stream()
                .map(table -> DynamicTest.dynamicTest(table, () -> {
                    try (var _ = Acting.as(user(other))) {
                        assertThatThrownBy(() -> jdbc.sql("select count(*) from " + table)
                                        .query(Long.class)
                                        .single())
                                .rootCause()
                                .hasMessageContaining("permission denied");
                    }
                }));
    }

    @Test
    void nobodyMayChangeTheTables() {
        assertThatThrownBy(() ->
                        jdbc.sql("alter table chat disable row level security").update())
                .rootCause()
                .hasMessageContaining("must be owner");
        assertThatThrownBy(() -> jdbc.sql("drop table chat").update())
                .rootCause()
                .hasMessageContaining("must be owner");
    }

    @Test
    void aSearchFindsOnlyWhatIsItsAskers() {
        assertThat(victim.api().get("/api/v1/chats/?q=two").data().path("items").size())
                .isEqualTo(1);
        assertThat(wordsOfVictim()).isPositive();
        try (var _ = Acting.as(user(victim))) {
            assertThat(wordsOfVictim()).isPositive();
        }
        try (var _ = Acting.as(user(other))) {
            assertThat(wordsOfVictim()).isZero();
        }
    }

    /// Everything of the victim that is searched: all of it is indexed under the end of its owner's id.
    private long wordsOfVictim() {
        String id = victim.account().id();
        return jdbc.sql("select count(*) from search_hits(:owner, false, cast(:words as tsquery))")
                .param("owner", user(victim).value())
                .param("words", "'" + id.substring(id.length() - 3) + "':*")
                .query(Long.class)
                .single();
    }

    /// A rule that hides the victim's chats from the victim hides nothing from the server: whatever does not find them
    /// now has worked in the victim's name.
    @Test
    void requestsAndFramesWorkBehindTheWall() {
        String chat = "/api/v1/chats/" + victim.id("chat");
        try {
            show("owner_id = parley_user() and owner_id <> '%s'".formatted(user(victim)));

            assertThat(victim.api().get(chat).status()).isEqualTo(404);
            try (LiveClient client = LiveClient.of(port, victim.account())) {
                assertThat(refusal(client, "subscribe", "chat_id", "chat")).isEqualTo("NOT_FOUND");
                assertThat(refusal(client, "stop", "message_id", "answer")).isEqualTo("NOT_FOUND");
            }
        } finally {
            show("owner_id = parley_user()");
        }
        assertThat(victim.api().get(chat).status()).isEqualTo(200);
    }

    /// What an operator reads is read in its owner's name: one person's chats show nothing of another's.
    @Test
    void operatorsReadBehindTheWallOfWhomTheyRead() {
        Belongings operator = Belongings.of(port);
        jdbc.sql("update account set is_staff = true where id = :id")
                .param("id", user(operator).value())
                .update();
        String chat = "/api/v1/admin/chats/" + victim.id("chat");
        String list = "/api/v1/admin/users/" + victim.account().id() + "/chats/";
        try {
            show("owner_id = parley_user() and owner_id <> '%s'".formatted(user(victim)));

            assertThat(operator.api().get(chat).status()).isEqualTo(404);
            assertThat(operator.api().get(chat + "/messages/").status()).isEqualTo(404);
            assertThat(operator.api().get(list).data().path("items")).isEmpty();
        } finally {
            show("owner_id = parley_user()");
        }
        assertThat(operator.api().get(chat).status()).isEqualTo(200);
        assertThat(operator.api().get(list).data().path("items")).isNotEmpty();
    }

    private void show(String rows) {
        JdbcClient tables = TestDatabase.owner(url);
        for (String table : List.of("chat", "message")) {
            tables.sql("alter policy own on %s using (%s)".formatted(table, rows))
                    .update();
        }
    }

    private String refusal(LiveClient client, String type, String field, String thing) {
        return client.say(Map.of("type", type, field, victim.id(thing).toString()))
                .until("error")
                .path("code")
                .asString();
    }
}
