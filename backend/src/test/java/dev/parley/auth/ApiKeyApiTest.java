package dev.parley.auth;

import static dev.parley.Api.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.Api;
import dev.parley.Api.Account;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import dev.parley.LiveClient;
import dev.parley.shared.ParleyException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ApiTest
class ApiKeyApiTest {
    private static final String DELETED = "parley_" + "0".repeat(50);
    private static final String KEYS = "/api/v1/auth/keys/";

    private final int port;
    private final Api api;
    private final JdbcClient jdbc;
    private final SignInLimits limits;

    ApiKeyApiTest(@LocalServerPort int port, @Autowired JdbcClient jdbc, @Autowired SignInLimits limits) {
        this.limits = limits;
        this.port = port;
        api = new Api(port);
        this.jdbc = jdbc;
    }

    private JsonNode make(Account owner, @Nullable List<String> scopes) {
        Map<String, Object> body = new HashMap<>(Map.of("name", "a program"));
        if (scopes != null) {
            body.put("scopes", scopes);
        }
        Answer made = api.as(owner).post(KEYS, body);
        assertThat(made.status()).as(made.response().body()).isEqualTo(201);
        return made.data();
    }

    private Api with(JsonNode key) {
        return api.with("Authorization", "Bearer " + key.path("key").asString());
    }

    @Test
    void isShownOnceAndListedWithoutItsSecret() {
        Account owner = api.register();
        String expires = Instant.now()
                .plus(30, ChronoUnit.DAYS)
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();

        Answer made = api.as(owner)
                .post(KEYS, Map.of("name", " backup ", "scopes", List.of("chats", "models"), "expires_at", expires));

        assertThat(made.status()).isEqualTo(201);
        JsonNode key = made.data();
        assertThat(key.propertyNames())
                .containsExactlyInAnyOrder(
                        "id", "name", "prefix", "scopes", "created_at", "expires_at", "last_used_at", "key");
        assertThat(key.path("name").asString()).isEqualTo("backup");
        assertThat(key.path("expires_at").asString()).isEqualTo(expires);
        String secret = key.path("key").asString();
        assertThat(secret)
                .matches("parley_[0-9a-z]{50}")
                .startsWith(key.path("prefix").asString());
        Answer list = api.as(owner).get(KEYS);
        assertThat(list.response().body()).doesNotContain(secret);
        JsonNode listed = list.data().path("items").path(0);
        assertThat(listed.has("key")).isFalse();
        assertThat(listed.path("id")).isEqualTo(key.path("id"));
        assertThat(listed.path("scopes").toString()).isEqualTo("[\"chats\",\"models\"]");
        assertThat(listed.path("last_used_at").isNull()).isTrue();
        assertThat(jdbc.sql("select count(*) from api_key k where k::text like '%' || :secret || '%'")
                        .param("secret", secret)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void opensWhatItsScopesNameAndNothingOfTheAccount() {
        Account owner = api.register();
        Api all = with(make(owner, null));
        Api chats = with(make(owner, List.of("chats")));
        Api models = with(make(owner, List.of("models")));
        Api memories = with(make(owner, List.of("memories")));
        Map<String, Api> opened =
                Map.of("/api/v1/chats/", chats, "/api/v1/models/", models, "/api/v1/memories/", memories);

        opened.forEach((path, key) -> {
            for (Api one : List.of(chats, models, memories)) {
                Answer answer = one.get(path);
                assertThat(answer.status()).as(path).isEqualTo(one == key ? 200 : 403);
                assertThat(answer.code()).isEqualTo(one == key ? "" : "FORBIDDEN");
            }
            assertThat(all.get(path).status()).isEqualTo(200);
        });
        assertThat(chats.post("/api/v1/chats/", Map.of("title", "by a program")).status())
                .isEqualTo(201);
        assertThat(chats.get("/api/v1/auth/me").data().path("id").asString()).isEqualTo(owner.id());
        for (String path : List.of(
                KEYS,
                "/api/v1/auth/sessions/",
                "/api/v1/users/profile/",
                "/api/v1/users/profile/export/",
                "/api/v1/nowhere",
                "/api/v1/%63hats/../auth/keys")) {
            assertThat(all.get(path).status()).as(path).isIn(400, 403);
        }
        assertThat(all.post(KEYS, Map.of("name", "another")).status()).isEqualTo(403);
        assertThat(all.delete("/api/v1/auth/sessions/").status()).isEqualTo(403);
        assertThat(all.post("/api/v1/auth/logout").status()).isEqualTo(403);
        assertThat(all.patch("/api/v1/users/profile/", Map.of("first_name", "Eve"))
                        .status())
                .isEqualTo(403);
        assertThat(all.post(
                                "/api/v1/auth/password/",
                                Map.of("current_password", PASSWORD, "new_password", "eight green bottles"))
                        .status())
                .isEqualTo(403);
        assertThat(all.delete("/api/v1/users/profile/", Map.of("password", PASSWORD))
                        .status())
                .isEqualTo(403);
        assertThat(api.as(owner).get("/api/v1/auth/me").status()).isEqualTo(200);
    }

    @Test
    void opensNoAdministrationAlsoWhenItsOwnerMay() {
        Account operator = api.register();
        jdbc.sql("update account set is_staff = true where id = :id")
                .param("id", UUID.fromString(operator.id()))
                .update();
        String path = "/api/v1/admin/users/";
        assertThat(api.as(operator).get(path).status()).isEqualTo(200);

        assertThat(with(make(operator, null)).get(path).code()).isEqualTo("FORBIDDEN");
    }

    @Test
    void opensNothingOnceItIsDeletedAndClosesWhatIsOpenInItsName() {
        Account owner = api.register();
        JsonNode key = make(owner, null);
        JsonNode other = make(owner, null);
        Account stranger = api.register();
        String path = KEYS + key.path("id").asString() + "/";
        try (LiveClient closing = LiveClient.of(port);
                LiveClient staying = LiveClient.of(port)) {
            closing.say(Map.of("type", "auth", "token", key.path("key").asString()));
            staying.say(Map.of("type", "auth", "token", other.path("key").asString()));
            closing.until("ready");
            staying.until("ready");
            assertThat(api.as(stranger).delete(path).status()).isEqualTo(404);

            assertThat(api.as(owner).delete(path).status()).isEqualTo(200);

            assertThat(with(key).get("/api/v1/chats/").status()).isEqualTo(401);
            assertThat(with(key).get("/api/v1/chats/").code()).isEqualTo("UNAUTHENTICATED");
            assertThat(closing.closed()).isEqualTo(4401);
            assertThat(with(other).get("/api/v1/chats/").status()).isEqualTo(200);
            staying.say(Map.of("type", "ping"));
            staying.until("pong");
        }
        assertThat(api.as(owner).delete(path).code()).isEqualTo("NOT_FOUND");
        assertThat(api.as(owner).get(KEYS).data().path("items")).hasSize(1);
    }

    @Test
    void opensNothingOnceItHasExpiredAndClosesWhatIsOpenInItsName() {
        Account owner = api.register();
        JsonNode key = make(owner, null);
        try (LiveClient client = LiveClient.of(port)) {
            client.say(Map.of("type", "auth", "token", key.path("key").asString()));
            client.until("ready");

            jdbc.sql("update api_key set expires_at = clock_timestamp() where id = :id")
                    .param("id", UUID.fromString(key.path("id").asString()))
                    .update();

            assertThat(with(key).get("/api/v1/chats/").code()).isEqualTo("TOKEN_EXPIRED");
            assertThat(client.closed()).isEqualTo(4401);
        }
        assertThat(api.as(owner).get(KEYS).data().path("items")).hasSize(1);
    }

    @Test
    void opensNothingWhileTheAccountIsClosedAndTheSameAfterwards() {
        Account owner = api.register();
        JsonNode key = make(owner, List.of("chats"));
        Account operator = api.register();
        jdbc.sql("update account set is_staff = true where id = :id")
                .param("id", UUID.fromString(operator.id()))
                .update();
        String account = "/api/v1/admin/users/" + owner.id();
        for (int i = 0; i < 2; i++) {
            try (LiveClient client = LiveClient.of(port)) {
                client.say(Map.of("type", "auth", "token", key.path("key").asString()));
                client.until("ready");

                assertThat(api.as(operator)
                                .patch(account, Map.of("is_active", false))
                                .status())
                        .isEqualTo(200);

                assertThat(client.closed()).isEqualTo(4401);
                assertThat(with(key).get("/api/v1/chats/").status()).isEqualTo(401);
            }
            assertThat(api.as(operator)
                            .patch(account, Map.of("is_active", true))
                            .status())
                    .isEqualTo(200);
            assertThat(with(key).get("/api/v1/chats/").status()).isEqualTo(200);
        }
        String path = KEYS + key.path("id").asString() + "/";
        assertThat(api.as(api.login(owner.email())).delete(path).status()).isEqualTo(200);
        assertThat(with(key).get("/api/v1/chats/").status()).isEqualTo(401);
    }

    @Test
    void opensTheSocketOnlyWithTheScopeOfChats() {
        Account owner = api.register();
        String secret = make(owner, List.of("models")).path("key").asString();
        try (LiveClient byFrame = LiveClient.of(port);
                LiveClient byHeader = LiveClient.with(port, Map.of("Authorization", "Bearer " + secret))) {
            byFrame.say(Map.of("type", "auth", "token", secret));
            assertThat(byFrame.closed()).isEqualTo(4401);
            assertThat(byHeader.closed()).isEqualTo(4401);
            assertThat(byHeader.reason()).isEqualTo("FORBIDDEN");
        }
    }

    @Test
    void isSomebodysWhoSeesNothingOfOthers() {
        JsonNode key = make(api.register(), null);
        Account stranger = api.register();
        String chat = api.as(stranger)
                .post("/api/v1/chats/", Map.of("title", "theirs"))
                .data()
                .path("id")
                .asString();

        assertThat(with(key).get("/api/v1/chats/" + chat + "/").code()).isEqualTo("NOT_FOUND");
        assertThat(api.as(stranger).get(KEYS).data().path("items")).isEmpty();
    }

    @Test
    void noticesItsUseOnceAMinute() {
        Account owner = api.register();
        JsonNode key = make(owner, null);
        UUID id = UUID.fromString(key.path("id").asString());

        with(key).get("/api/v1/chats/");
        Instant first = lastUse(id);
        with(key).get("/api/v1/chats/");

        assertThat(first)
                .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(60));
        assertThat(lastUse(id)).isEqualTo(first);

        jdbc.sql("update api_key set last_used_at = last_used_at - interval '2 minutes' where id = :id")
                .param("id", id)
                .update();
        with(key).get("/api/v1/chats/");
        assertThat(lastUse(id)).isAfterOrEqualTo(first);
    }

    private Instant lastUse(UUID id) {
        return jdbc.sql("select last_used_at from api_key where id = :id")
                .param("id", id)
                .query((row, _) -> row.getTimestamp(1).toInstant())
                .single();
    }

    @Test
    void saysWhatIsWrongWithAWish() {
        Api owner = api.as(api.register());
        Map<String, Object> fine = Map.of("name", "a program");
        Map<String, Map<String, Object>> wrong = Map.of(
                "name", Map.of("name", " "),
                "scopes", with(fine, "scopes", List.of("chats", "account")),
                "expires_at",
                        with(fine, "expires_at", Instant.now().minusSeconds(60).toString()));

        wrong.forEach((field, body) -> {
            Answer answer = owner.post(KEYS, body);
            assertThat(answer.code()).as(field).isEqualTo("VALIDATION_ERROR");
            assertThat(answer.fields().propertyNames()).containsExactly(field);
        });
        for (Map<String, Object> body : List.of(
                Map.<String, Object>of(),
                Map.<String, Object>of("name", "a".repeat(101)),
                Map.<String, Object>of("name", "two\nlines"),
                with(fine, "scopes", List.of()),
                with(fine, "scopes", List.of(7)),
                with(fine, "expires_at", "tomorrow"),
                with(fine, "expires_at", "+292278994-08-17T07:12:55Z"))) {
            assertThat(owner.post(KEYS, body).status()).as(body.toString()).isEqualTo(422);
        }
        assertThat(owner.get(KEYS).data().path("items")).isEmpty();
    }

    private static Map<String, Object> with(Map<String, Object> body, String field, Object value) {
        Map<String, Object> more = new HashMap<>(body);
        more.put(field, value);
        return more;
    }

    @Test
    void areAHundredAtMostAndListedInPages() {
        Account owner = api.register();
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            made.add(make(owner, null).path("id").asString());
        }

        assertThat(api.as(owner).post(KEYS, Map.of("name", "one more")).code()).isEqualTo("CONFLICT");

        List<String> listed = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.as(owner).get(KEYS + "?limit=40" + cursor).data();
            page.path("items").forEach(item -> listed.add(item.path("id").asString()));
            cursor = page.path("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("next_cursor").asString();
        } while (!cursor.isEmpty());
        assertThat(listed).hasSize(100).hasSameElementsAs(made);
    }

    @Test
    void areLookedUpSoOftenAtMostWhenTheyAreWrong() {
        JsonNode key = make(api.register(), null);
        String address = "10.9.9.9";
        Api wrong = api.with("X-Forwarded-For", address).with("Authorization", "Bearer " + DELETED);
        Answer last = wrong.get("/api/v1/chats/");
        assertThat(last.code()).isEqualTo("UNAUTHENTICATED");
        assertThat(last.header("WWW-Authenticate")).startsWith("Bearer");
        // What was used up comes back all the time, so that the next one may still be looked up.
        for (int i = 0; i < 100 && last.status() == 401; i++) {
            useUp(address);
            last = wrong.get("/api/v1/chats/");
        }

        assertThat(last.code()).isEqualTo("RATE_LIMITED");
        assertThat(Integer.parseInt(last.header("Retry-After"))).isPositive();
        // Nobody else is kept out by it, not even in the same house.
        assertThat(with(key)
                        .with("X-Forwarded-For", address)
                        .get("/api/v1/chats/")
                        .status())
                .isEqualTo(200);
    }

    /// What was used up comes back all the time, so that one try would show little.
    @Test
    void areNotKeptOutByWhoTriesManyAtTheSameAddressOnceTheyWereGood() {
        JsonNode key = make(api.register(), null);
        String address = "10.9.9.8";
        Api good = with(key).with("X-Forwarded-For", address);
        assertThat(good.get("/api/v1/chats/").status()).isEqualTo(200);
        for (int i = 0; i < 50; i++) {
            String guess = "parley_" + i + "_";
            assertThatThrownBy(() -> {
                        for (int next = 0; ; next++) {
                            limits.key(address, guess + next);
                        }
                    })
                    .isInstanceOf(ParleyException.class);

            assertThat(good.get("/api/v1/chats/").status()).isEqualTo(200);
        }
    }

    private void useUp(String address) {
        assertThatThrownBy(() -> {
                    while (true) {
                        limits.key(address, DELETED);
                    }
                })
                .isInstanceOf(ParleyException.class);
    }

    @Test
    void areInTheExportWithoutTheirSecretsAndGoWithTheAccount() {
        Account owner = api.register();
        JsonNode key = make(owner, null);

        Answer export = api.as(owner).get("/api/v1/users/profile/export/");
        assertThat(export.body().path("api_keys").path(0).path("id")).isEqualTo(key.path("id"));
        assertThat(export.response().body()).doesNotContain(key.path("key").asString());

        api.as(owner).delete("/api/v1/users/profile/", Map.of("password", PASSWORD));

        assertThat(with(key).get("/api/v1/chats/").status()).isEqualTo(401);
        assertThat(jdbc.sql("select count(*) from api_key where owner_id = :owner")
                        .param("owner", UUID.fromString(owner.id()))
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
