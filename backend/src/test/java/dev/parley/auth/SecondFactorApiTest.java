package dev.parley.auth;

import static dev.parley.Api.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.Api.Account;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@ApiTest
public class SecondFactorApiTest {
    private static final String FACTOR = "/api/v1/auth/second-factor/";

    private final Api api;

    SecondFactorApiTest(@LocalServerPort int port) {
        api = new Api(port);
    }

    @Test
    void isTurnedOnAskedForAndTurnedOff() {
        Account account = api.register();
        Api mine = api.as(account);
        assertThat(mine.get(FACTOR).data().path("enabled").asBoolean()).isFalse();

        Answer prepared = mine.post(FACTOR, Map.of("password", PASSWORD));
        assertThat(prepared.status()).isEqualTo(201);
        String secret = prepared.data().path("secret").asString();
        assertThat(secret).matches("[A-Z2-7]{32}");
        assertThat(prepared.data().path("uri").asString())
                .startsWith("otpauth://totp/Parley%20%28localhost%29:")
                .contains("secret=" + secret);
        Answer confirmed = mine.post(FACTOR + "confirm/", Map.of("code", codeOf(secret)));
        JsonNode codes = confirmed.data().path("recovery_codes");
        assertThat(codes).hasSize(10);
        assertThat(codes.path(0).asString()).matches("([a-z1-9]{4}-){3}[a-z1-9]{4}");
        assertThat(mine.get(FACTOR).data().path("recovery_codes_left").asInt()).isEqualTo(10);

        Answer asked = api.post("/api/v1/auth/login", Map.of("email", account.email(), "password", PASSWORD));
        assertThat(asked.status()).isEqualTo(401);
        assertThat(asked.code()).isEqualTo("SECOND_FACTOR_REQUIRED");
        assertThat(asked.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(asked.cookie("parley_access")).isEmpty();
        String challenge =
                asked.body().path("error").path("details").path("challenge").asString();

        String path = "/api/v1/auth/login/second-factor/";
        assertThat(api.post(path, Map.of()).fields().has("challenge")).isTrue();
        assertThat(api.post(path, Map.of("challenge", challenge)).fields().has("code"))
                .isTrue();
        Answer foreign = api.with("Origin", "https://evil.example.com")
                .post(path, Map.of("challenge", challenge, "code", codes.path(0).asString()));
        assertThat(foreign.code()).isEqualTo("CSRF_REJECTED");
        Answer wrong = api.post(path, Map.of("challenge", challenge, "code", "not-a-code"));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("INVALID_CREDENTIALS");
        Answer entered = api.post(
                path, Map.of("challenge", challenge, "code", codes.path(0).asString()));
        assertThat(entered.status()).isEqualTo(200);
        assertThat(entered.cookie("parley_access")).isNotEmpty();
        assertThat(api.as(Api.account(entered)).get("/api/v1/auth/me").status()).isEqualTo(200);

        Map<String, String> off =
                Map.of("password", PASSWORD, "code", codes.path(1).asString());
        assertThat(api.as(api.register()).delete(FACTOR, off).code()).isEqualTo("CONFLICT");
        assertThat(mine.delete(FACTOR, Map.of()).fields().propertyNames())
                .containsExactlyInAnyOrder("password", "code");
        assertThat(mine.delete(FACTOR, off).status()).isEqualTo(200);
        assertThat(api.login(account.email()).id()).isEqualTo(account.id());
    }

    @Test
    void isOpenToNoKeyAndInTheExportWithoutItsSecret() {
        Account account = api.register();
        String secret = turnOn(api.as(account), PASSWORD);
        String key = api.as(account)
                .post("/api/v1/auth/keys/", Map.of("name", "a program"))
                .data()
                .path("key")
                .asString();

        assertThat(api.with("Authorization", "Bearer " + key).get(FACTOR).status())
                .isEqualTo(403);
        Answer export = api.as(account).get("/api/v1/users/profile/export/");
        assertThat(export.body()
                        .path("second_factor")
                        .path("recovery_codes_left")
                        .asInt())
                .isEqualTo(10);
        assertThat(export.response().body()).doesNotContain(secret);
    }

    /// @return its secret
    public static String turnOn(Api account, String password) {
        String secret = prepared(account, password);
        Answer confirmed = account.post(FACTOR + "confirm/", Map.of("code", codeOf(secret)));
        assertThat(confirmed.status()).as(confirmed.response().body()).isEqualTo(200);
        return secret;
    }

    /// @return the secret of one that waits for its first code
    static String prepared(Api account, String password) {
        return account.post(FACTOR, Map.of("password", password))
                .data()
                .path("secret")
                .asString();
    }

    public static String codeOf(String secret) {
        return Totp.code(SecondFactorTest.fromBase32(secret), System.currentTimeMillis() / 1000 / Totp.STEP_SECONDS);
    }
}
