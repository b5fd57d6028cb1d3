package dev.parley.auth;

import static dev.parley.Api.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.Api.Account;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ApiTest
class SessionApiTest {
    private final Api api;
    private final JdbcClient jdbc;

    SessionApiTest(@LocalServerPort int port, @Autowired JdbcClient jdbc) {
        api = new Api(port);
        this.jdbc = jdbc;
    }

    @Test
    void listsTheDevicesLastUsedFirst() {
        Account first = api.with("User-Agent", "laptop").register();
        Account second = api.with("User-Agent", "phone").login(first.email());

        Answer answer = api.as(second).get("/api/v1/auth/sessions/");

        JsonNode items = answer.data().path("items");
        assertThat(items).hasSize(2);
        assertThat(items.path(0).propertyNames())
                .containsExactlyInAnyOrder("id", "created_at", "last_used_at", "ip", "user_agent", "current");
        assertThat(items.path(0).path("user_agent").asString()).isEqualTo("phone");
        assertThat(items.path(0).path("current").asBoolean()).isTrue();
        assertThat(items.path(0).path("ip").asString()).startsWith("10.0.");
        assertThat(items.path(1).path("user_agent").asString()).isEqualTo("laptop");
        assertThat(items.path(1).path("current").asBoolean()).isFalse();
        assertThat(answer.data().path("next_cursor").isNull()).isTrue();
    }

    @Test
    void endsAllButTheOneThatAsks() {
        Account here = api.register();
        Account there = api.login(here.email());
        Account stranger = api.register();

        assertThat(api.as(here).delete("/api/v1/auth/sessions/").status()).isEqualTo(200);

        assertThat(api.as(there).get("/api/v1/auth/me").code()).isEqualTo("TOKEN_REVOKED");
        assertThat(api.as(stranger).get("/api/v1/auth/me").status()).isEqualTo(200);
        assertThat(api.as(here).get("/api/v1/auth/sessions/").data().path("items"))
                .hasSize(1);
    }

    @Test
    void pagesThroughThem() {
        Account account = api.register();
        for (int i = 0; i < 4; i++) {
            api.login(account.email());
        }
        Set<String> seen = new HashSet<>();
        String path = "/api/v1/auth/sessions/?limit=2";
        String next = path;
        int pages = 0;
        while (!next.isEmpty()) {
            JsonNode data = api.as(account).get(next).data();
            data.path("items").forEach(item -> seen.add(item.path("id").asString()));
            String cursor = data.path("next_cursor").asString("");
            next = cursor.isEmpty() ? "" : path + "&cursor=" + cursor;
            pages++;
        }

        assertThat(seen).hasSize(5);
        assertThat(pages).isEqualTo(3);
        for (String bad : new String[] {"limit=0", "limit=101", "limit=x", "limit=%2B5", "limit=0x10", "cursor=x"}) {
            assertThat(api.as(account).get("/api/v1/auth/sessions/?" + bad).code())
                    .as(bad)
                    .isEqualTo("MALFORMED_REQUEST");
        }
    }

    @Test
    void endsAnotherDeviceAndNobodyElses() {
        Account here = api.register();
        Account there = api.login(here.email());
        String id = sessionOf(there);

        assertThat(api.as(api.register()).delete("/api/v1/auth/sessions/" + id).status())
                .isEqualTo(404);
        assertThat(api.as(here)
                        .delete("/api/v1/auth/sessions/" + UUID.randomUUID())
                        .code())
                .isEqualTo("NOT_FOUND");
        assertThat(api.as(here).delete("/api/v1/auth/sessions/" + id + "/").status())
                .isEqualTo(200);

        assertThat(api.as(there).get("/api/v1/auth/me").code()).isEqualTo("TOKEN_REVOKED");
        assertThat(api.post("/api/v1/auth/refresh", Map.of("refresh_token", there.refreshToken()))
                        .code())
                .isEqualTo("TOKEN_REVOKED");
        assertThat(api.as(here).get("/api/v1/auth/sessions").data().path("items"))
                .hasSize(1);
        assertThat(api.as(here).delete("/api/v1/auth/sessions/" + id).status()).isEqualTo(404);
    }

    @Test
    void aNewPasswordSignsEveryOtherDeviceOut() {
        Account here = api.register();
        Account there = api.login(here.email());

        Answer wrong = change(here, "not the password", "eight green bottles");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(change(here, PASSWORD, "password").fields().has("new_password"))
                .isTrue();
        assertThat(api.as(here).post("/api/v1/auth/password", Map.of()).fields().propertyNames())
                .containsExactlyInAnyOrder("current_password", "new_password");
        assertThat(api.as(there).get("/api/v1/auth/me").status()).isEqualTo(200);

        assertThat(change(here, PASSWORD, "eight green bottles").status()).isEqualTo(200);

        assertThat(api.as(here).get("/api/v1/auth/me").status()).isEqualTo(200);
        assertThat(api.as(there).get("/api/v1/auth/me").code()).isEqualTo("TOKEN_REVOKED");
        assertThat(api.post("/api/v1/auth/login", Map.of("email", here.email(), "password", PASSWORD))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aDeletedAccountLeavesNothingBehind() {
        Account account = api.register();
        api.as(account).post("/api/v1/chats", Map.of("title", "mine"));
        String path = "/api/v1/users/profile/";
        assertThat(api.as(account).delete(path, Map.of()).status()).isEqualTo(422);
        assertThat(api.as(account).delete(path, Map.of("password", "wrong")).code())
                .isEqualTo("INVALID_CREDENTIALS");
        assertThat(rowsOf(account)).isPositive();

        Answer answer = api.as(account).delete(path, Map.of("password", PASSWORD));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("data").isNull()).isTrue();
        assertThat(rowsOf(account)).isZero();
        assertThat(api.as(account).get("/api/v1/auth/me").code()).isEqualTo("TOKEN_REVOKED");
        assertThat(api.post("/api/v1/auth/refresh", Map.of("refresh_token", account.refreshToken()))
                        .status())
                .isEqualTo(401);
        assertThat(api.post("/api/v1/auth/register", Map.of("email", account.email(), "password", PASSWORD))
                        .status())
                .isEqualTo(201);
    }

    /// In whatever table has owners.
    private long rowsOf(Account account) {
        long rows = 0;
        for (String table : jdbc.sql("""
                select table_name from information_schema.columns
                 where table_schema = 'public' and column_name = 'owner_id'
                """).query(String.class).list()) {
            rows += jdbc.sql("select count(*) from %s where owner_id = :owner".formatted(table))
                    .param("owner", UUID.fromString(account.id()))
                    .query(Long.class)
                    .single();
        }
        return rows;
    }

    private Answer change(Account account, String current, String next) {
        return api.as(account)
                .post("/api/v1/auth/password/", Map.of("current_password", current, "new_password", next));
    }

    private String sessionOf(Account account) {
        for (JsonNode item : api.as(account).get("/api/v1/auth/sessions").data().path("items")) {
            if (item.path("current").asBoolean()) {
                return item.path("id").asString();
            }
        }
        throw new AssertionError("No session is the current one.");
    }
}
