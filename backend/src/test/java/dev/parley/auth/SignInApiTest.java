package dev.parley.auth;

import static dev.parley.Api.PASSWORD;
import static dev.parley.Api.freshEmail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.Api.Account;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@ApiTest
class SignInApiTest {
    private final Api api;

    SignInApiTest(@LocalServerPort int port) {
        api = new Api(port);
    }

    @Test
    void registrationAnswersWithTheUserTokensAndCookies() {
        String email = freshEmail();

        Answer answer =
                api.post("/api/v1/auth/register", Map.of("email", email, "password", PASSWORD, "first_name", "Ada"));

        assertThat(answer.status()).isEqualTo(201);
        JsonNode user = answer.data().path("user");
        assertThat(user.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "email",
                        "username",
                        "first_name",
                        "last_name",
                        "is_active",
                        "is_staff",
                        "date_joined",
                        "last_login");
        assertThat(user.path("email").asString()).isEqualTo(email);
        assertThat(user.path("first_name").asString()).isEqualTo("Ada");
        assertThat(user.path("username").asString()).matches("[A-Za-z0-9_.-]{3,30}");
        assertThat(user.path("date_joined").asString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(answer.data().path("token_type").asString()).isEqualTo("Bearer");
        assertThat(answer.data().path("expires_in").asInt()).isEqualTo(1800);
        assertThat(answer.cookie("parley_access"))
                .contains("HttpOnly", "SameSite=Lax", "Path=/;")
                .doesNotContain("Secure");
        assertThat(answer.cookie("parley_refresh")).contains("HttpOnly", "SameSite=Strict", "Path=/api/v1/auth;");
    }

    @Test
    void anAccessTokenSaysWhoIsAsking() {
        Account account = api.register();

        Answer me = api.as(account).get("/api/v1/auth/me");

        assertThat(me.status()).isEqualTo(200);
        assertThat(me.data().path("id").asString()).isEqualTo(account.id());
        assertThat(api.as(account).get("/api/v1/auth/me/").body()).isEqualTo(me.body());
    }

    @Test
    void withoutATokenTheApiIsClosed() {
        for (String path : new String[] {"/api/v1/auth/me", "/api/v1/chats/", "/api/v1/nothing"}) {
            Answer answer = api.get(path);
            assertThat(answer.status()).as(path).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        }
    }

    @Test
    void whatIsRefusedBeforeAnyControllerHasTheSameForm() {
        Answer method = api.send("PROPFIND", "/api/v1/auth/me", BodyPublishers.noBody());
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.code()).isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(api.get("/api/v1/auth/login").code()).isEqualTo("METHOD_NOT_ALLOWED");
        Answer path = api.get("/api/v1/auth/..%2fme");
        assertThat(path.status()).isEqualTo(400);
        assertThat(path.code()).isEqualTo("MALFORMED_REQUEST");
        assertThat(api.as(api.register()).get("/api/v1/nothing").code()).isEqualTo("NOT_FOUND");
    }

    @Test
    void emailsCompareWithoutCase() {
        Account account = api.register();

        assertThat(api.login(account.email().toUpperCase(Locale.ROOT)).id()).isEqualTo(account.id());
        Answer again = api.post(
                "/api/v1/auth/register",
                Map.of("email", account.email().toUpperCase(Locale.ROOT), "password", PASSWORD));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("EMAIL_TAKEN");
    }

    @Test
    void aUsernameIsTakenInAnyCase() {
        String name = "N" + System.nanoTime();
        assertThat(register(freshEmail(), name).status()).isEqualTo(201);

        Answer again = register(freshEmail(), name.toLowerCase(Locale.ROOT));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("USERNAME_TAKEN");
    }

    @Test
    void usernamesMadeFromTheSameNameDiffer() {
        String local = "n" + System.nanoTime();

        JsonNode first = register(local + "@example.org").data().path("user");
        JsonNode second = register(local + "@example.net").data().path("user");

        assertThat(first.path("username").asString()).isEqualTo(local);
        assertThat(second.path("username").asString()).startsWith(local + "-");
    }

    @Test
    void everyBadFieldIsNamedAtOnce() {
        Answer answer = api.post(
                "/api/v1/auth/register",
                Map.of("email", "nobody", "password", "short", "username", "a b", "first_name", "x".repeat(151)));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("VALIDATION_ERROR");
        assertThat(answer.fields().propertyNames())
                .containsExactlyInAnyOrder("email", "password", "username", "first_name");
        assertThat(answer.fields().path("email").path(0).asString()).isNotEmpty();
    }

    @Test
    void missingFieldsAreNamed() {
        assertThat(api.post("/api/v1/auth/register", Map.of()).fields().propertyNames())
                .containsExactlyInAnyOrder("email", "password");
        assertThat(api.post("/api/v1/auth/login", Map.of()).fields().propertyNames())
                .containsExactlyInAnyOrder("email", "password");
        assertThat(api.post("/api/v1/auth/register", "{\"email\": ").status()).isEqualTo(400);
    }

    @Test
    void commonPasswordsAndTheEmailAreRefused() {
        String email = freshEmail();
        for (String password : new String[] {"password123", email.toUpperCase(Locale.ROOT)}) {
            Answer answer = api.post("/api/v1/auth/register", Map.of("email", email, "password", password));
            assertThat(answer.status()).as(password).isEqualTo(422);
            assertThat(answer.fields().has("password")).isTrue();
        }
    }

    @Test
    void unknownEmailAndWrongPasswordGetTheSameAnswer() {
        Account account = api.register();

        Answer wrong = login(account.email(), "not the password");
        Answer unknown = login(freshEmail(), "not the password");

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(wrong.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(unknown.body()).isEqualTo(wrong.body());
        assertThat(unknown.status()).isEqualTo(wrong.status());
    }

    @Test
    void guessingIsSlowedDownForTheGuessedAccountOnly() {
        Account guessed = api.register();
        Account other = api.register();
        Answer answer = login(guessed.email(), "not the password");
        for (int i = 0; i < 12 && answer.status() == 401; i++) {
            answer = login(guessed.email(), "not the password");
        }

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("RATE_LIMITED");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
        assertThat(login(other.email(), PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void signingInRightUsesNothingUp() {
        Account account = api.register();
        for (int i = 0; i < 12; i++) {
            assertThat(login(account.email(), PASSWORD).status()).isEqualTo(200);
        }
    }

    @Test
    void aRefreshTokenGivesANewPair() {
        Account account = api.register();

        Answer answer = refresh(account.refreshToken());

        assertThat(answer.status()).isEqualTo(200);
        Account next = Api.account(answer);
        assertThat(next.refreshToken()).isNotEqualTo(account.refreshToken());
        assertThat(api.as(next).get("/api/v1/auth/me").status()).isEqualTo(200);
        assertThat(answer.cookie("parley_refresh")).startsWith("parley_refresh=" + next.refreshToken());
    }

    @Test
    void aRefreshTokenUsedTwiceEndsTheSession() {
        Account account = api.register();
        Account next = Api.account(refresh(account.refreshToken()));

        Answer again = refresh(account.refreshToken());

        assertThat(again.status()).isEqualTo(401);
        assertThat(again.code()).isEqualTo("TOKEN_REVOKED");
        assertThat(refresh(next.refreshToken()).code()).isEqualTo("TOKEN_REVOKED");
        assertThat(api.as(next).get("/api/v1/auth/me").code()).isEqualTo("TOKEN_REVOKED");
        assertThat(refresh(account.refreshToken()).code()).isEqualTo("TOKEN_REVOKED");
    }

    @Test
    void aMadeUpRefreshTokenIsNobodys() {
        Answer answer = refresh("made-up");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("UNAUTHENTICATED");
        assertThat(api.post("/api/v1/auth/refresh").status()).isEqualTo(401);
        assertThat(api.post("/api/v1/auth/refresh", Map.of()).code()).isEqualTo("UNAUTHENTICATED");
    }

    @Test
    void logoutEndsAllTokensOfTheSessionAndNoOther() {
        Account account = api.register();
        Account elsewhere = api.login(account.email());

        Answer answer = api.as(account).post("/api/v1/auth/logout");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("data").isNull()).isTrue();
        assertThat(answer.cookie("parley_access")).contains("parley_access=;", "Max-Age=0");
        assertThat(answer.cookie("parley_refresh")).contains("parley_refresh=;", "Max-Age=0", "Path=/api/v1/auth");
        assertThat(api.as(account).get("/api/v1/auth/me").code()).isEqualTo("TOKEN_REVOKED");
        assertThat(refresh(account.refreshToken()).code()).isEqualTo("TOKEN_REVOKED");
        assertThat(api.as(elsewhere).get("/api/v1/auth/me").status()).isEqualTo(200);
        assertThat(api.post("/api/v1/auth/logout").status()).isEqualTo(401);
    }

    @Test
    void aDeviceThatWasSignedInIsNotKeptOutByWhoGuessesAtItsAddress() {
        Answer registered = register(freshEmail());
        String email = registered.data().path("user").path("email").asString();
        String set = registered.cookie("parley_device");
        assertThat(set).contains("HttpOnly", "SameSite=Strict", "Path=/api/v1/auth;", "Max-Age=34560000");
        Api device = api.with("Cookie", set.replaceFirst(";.*", ""));
        Answer guessed = login(email, "a guess");
        for (int i = 0; i < 50 && guessed.status() == 401; i++) {
            guessed = login(email, "a guess");
        }
        assertThat(guessed.status()).isEqualTo(429);

        Answer entered = device.post("/api/v1/auth/login", Map.of("email", email, "password", PASSWORD));

        assertThat(entered.status()).isEqualTo(200);
        assertThat(entered.cookie("parley_device")).isNotEmpty();
        Answer refreshed = device.post(
                "/api/v1/auth/refresh",
                Map.of("refresh_token", entered.data().path("refresh_token").asString()));
        assertThat(refreshed.status()).isEqualTo(200);
        // Else one session would make as many as it likes.
        assertThat(refreshed.cookie("parley_device")).isEmpty();
        Answer out = device.as(Api.account(refreshed)).post("/api/v1/auth/logout");
        assertThat(out.status()).isEqualTo(200);
        assertThat(out.cookie("parley_device")).isEmpty();
    }

    @Test
    void aDeviceForgetsAnAccountThatIsGone() {
        Account account = api.register();

        Answer gone = api.as(account).delete("/api/v1/users/profile", Map.of("password", PASSWORD));

        assertThat(gone.status()).isEqualTo(200);
        assertThat(gone.cookie("parley_device")).contains("parley_device=;", "Max-Age=0");
    }

    private Answer register(String email) {
        return api.post("/api/v1/auth/register", Map.of("email", email, "password", PASSWORD));
    }

    private Answer register(String email, String username) {
        return api.post("/api/v1/auth/register", Map.of("email", email, "password", PASSWORD, "username", username));
    }

    private Answer login(String email, String password) {
        return api.post("/api/v1/auth/login", Map.of("email", email, "password", password));
    }

    private Answer refresh(String token) {
        return api.post("/api/v1/auth/refresh", Map.of("refresh_token", token));
    }
}
