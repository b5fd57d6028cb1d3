package dev.parley.auth;

import static dev.parley.Api.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.Api.Account;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import dev.parley.Authenticator;
import dev.parley.IdentityProvider.Person;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class PasskeyApiTest {
    private static final String OPTIONS = "/api/v1/auth/passkeys/options";
    private static final String PASSKEYS = "/api/v1/auth/passkeys";
    private static final String ASK = "/api/v1/auth/login/passkey/options";
    private static final String LOGIN = "/api/v1/auth/login/passkey";
    private static final String WAYS_IN = "/api/v1/auth/ways-in";
    private static final String OTHER_PAGE = ApiTest.OTHER_ORIGIN;

    private final Api api;
    private final JdbcClient jdbc;
    private final Authenticator device;

    PasskeyApiTest(@LocalServerPort int port, @Autowired JdbcClient jdbc) {
        api = new Api(port);
        this.jdbc = jdbc;
        device = new Authenticator(api.base());
    }

    @Test
    void isAddedSignsInAndIsRemoved() {
        Account account = api.register();
        Api mine = api.as(account);

        Answer added = mine.addPasskey(device, "My phone", PASSWORD);
        assertThat(added.status()).as(added.response().body()).isEqualTo(201);
        assertThat(added.data().path("name").asString()).isEqualTo("My phone");
        assertThat(added.data().path("last_used_at").isNull()).isTrue();

        Answer entered = signIn(device);
        assertThat(entered.status()).as(entered.response().body()).isEqualTo(200);
        assertThat(Api.account(entered).id()).isEqualTo(account.id());
        assertThat(entered.cookie("parley_access")).contains("HttpOnly", "SameSite=Lax", "Path=/");
        assertThat(entered.cookie("parley_passkey")).contains("Max-Age=0");
        assertThat(api.as(Api.account(entered)).get("/api/v1/auth/me").status()).isEqualTo(200);
        var listed = mine.get(WAYS_IN).data().path("passkeys");
        assertThat(listed).hasSize(1);
        assertThat(listed.path(0).path("last_used_at").isNull()).isFalse();
        assertThat(mine.get("/api/v1/users/profile/export/")
                        .body()
                        .path("passkeys")
                        .path(0)
                        .path("name")
                        .asString())
                .isEqualTo("My phone");

        String path = PASSKEYS + "/" + listed.path(0).path("id").asString();
        assertThat(api.as(api.register()).delete(path).status()).isEqualTo(404);
        assertThat(mine.delete(path).status()).isEqualTo(200);
        assertThat(signIn(device).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(actions(account)).contains("passkey.added", "passkey.removed", "session.begun");
    }

    @Test
    void standsForTheSecondFactorToo() {
        Account account = api.register();
        Api mine = api.as(account);
        mine.addPasskey(device, "My phone", PASSWORD);
        String secret = mine.post("/api/v1/auth/second-factor/", Map.of("password", PASSWORD))
                .data()
                .path("secret")
                .asString();
        assertThat(mine.post("/api/v1/auth/second-factor/confirm/", Map.of("code", SecondFactorApiTest.codeOf(secret)))
                        .status())
                .isEqualTo(200);

        assertThat(signIn(device).status()).isEqualTo(200);
    }

    @Test
    void takesThePasswordToBeAdded() {
        Api mine = api.as(api.register());
        assertThat(mine.post(OPTIONS, Map.of("password", "a guess")).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(mine.post(OPTIONS, Map.of()).status()).isEqualTo(422);
        assertThat(mine.addPasskey(device, " ", PASSWORD).fields().has("name")).isTrue();
    }

    @Test
    void aNewPasswordVoidsWhatADeviceWasAskedFor() {
        Account account = api.register();
        Api mine = api.as(account);
        Answer asked = mine.post(OPTIONS, Map.of("password", PASSWORD));
        Map<String, String> change = Map.of("current_password", PASSWORD, "new_password", "eight green bottles");
        assertThat(mine.post("/api/v1/auth/password/", change).status()).isEqualTo(200);

        Answer added = mine.with("Cookie", asked.cookie("parley_passkey").replaceFirst(";.*", ""))
                .post(PASSKEYS, device.create(asked.data(), "My phone"));

        assertThat(added.code()).isEqualTo("TOKEN_EXPIRED");
    }

    @Test
    void whoHasNoPasswordAddsOneHavingSignedInJustNowAndThenIsKnownByIt() {
        Account account = Api.account(api.enter(Person.of(Api.freshEmail()).present()));
        assertThat(api.as(account).addPasskey(device, "My phone", "").status()).isEqualTo(201);
        jdbc.sql("update session set shown_at = shown_at - interval '1 hour' where owner_id = :id")
                .param("id", UUID.fromString(account.id()))
                .update();
        assertThat(api.as(account).post(OPTIONS, Map.of()).code()).isEqualTo("FRESH_SIGN_IN_REQUIRED");

        Api again = api.as(Api.account(signIn(device)));
        assertThat(again.get(WAYS_IN).data().path("fresh").asBoolean()).isTrue();
        String identity =
                again.get(WAYS_IN).data().path("identities").path(0).path("id").asString();
        assertThat(again.delete("/api/v1/auth/identities/" + identity).status()).isEqualTo(200);
        String passkey =
                again.get(WAYS_IN).data().path("passkeys").path(0).path("id").asString();
        assertThat(again.delete(PASSKEYS + "/" + passkey).code()).isEqualTo("CONFLICT");
    }

    @Test
    void whatADeviceIsAskedIsGoodOnceInOneBrowserAndForOnePerson() {
        Account account = api.register();
        Api mine = api.as(account);
        Answer asked = mine.post(OPTIONS, Map.of("password", PASSWORD));
        Map<String, Object> made = device.create(asked.data(), "My phone");
        Api here = mine.with("Cookie", cookie(asked));

        assertThat(mine.post(PASSKEYS, made).code()).as("another browser").isEqualTo("TOKEN_EXPIRED");
        Api others = api.as(api.register());
        assertThat(others.with("Cookie", cookie(asked)).post(PASSKEYS, made).code())
                .as("another person")
                .isEqualTo("TOKEN_EXPIRED");
        assertThat(api.with("Cookie", cookie(asked))
                        .post(LOGIN, device.get(asked.data()))
                        .code())
                .as("another purpose")
                .isEqualTo("TOKEN_EXPIRED");
        assertThat(here.post(PASSKEYS, made).status()).isEqualTo(201);
        assertThat(here.post(PASSKEYS, made).code()).as("again").isEqualTo("TOKEN_EXPIRED");

        Answer question = api.post(ASK);
        Map<String, Object> signed = device.get(question.data());
        assertThat(api.post(LOGIN, signed).code()).isEqualTo("TOKEN_EXPIRED");
        assertThat(api.with("Cookie", cookie(question)).post(LOGIN, signed).status())
                .isEqualTo(200);
        assertThat(api.with("Cookie", cookie(question)).post(LOGIN, signed).code())
                .isEqualTo("TOKEN_EXPIRED");
        Answer another = api.post(ASK);
        assertThat(api.with("Cookie", cookie(another)).post(LOGIN, signed).code())
                .as("what was signed for another challenge")
                .isEqualTo("INVALID_CREDENTIALS");
        assertThat(others.addPasskey(device, "Theirs", PASSWORD).code())
                .as("the same passkey")
                .isEqualTo("CONFLICT");
    }

    @Test
    void aDeviceThatHasNotSeenItsOwnerIsNoPasskey() {
        Api mine = api.as(api.register());
        device.forgetItsOwner();
        assertThat(mine.addPasskey(device, "A key", PASSWORD).code()).isEqualTo("CONFLICT");

        Authenticator other = new Authenticator(api.base());
        assertThat(mine.addPasskey(other, "A key", PASSWORD).status()).isEqualTo(201);
        other.forgetItsOwner();
        assertThat(signIn(other).code()).isEqualTo("INVALID_CREDENTIALS");
    }

    @Test
    void aCopyIsFoundOutByHowOftenItHasSigned() {
        Account account = api.register();
        api.as(account).addPasskey(device, "A key", PASSWORD);
        device.count(41);
        assertThat(signIn(device).status()).isEqualTo(200);
        device.count(7);
        assertThat(signIn(device).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(actions(account)).contains("passkey.copied");
        device.count(50);
        assertThat(signIn(device).status()).isEqualTo(200);
    }

    @Test
    void aDeviceThatDoesNotCountSignsInAgainAndAgain() {
        device.count(0);
        assertThat(api.as(api.register())
                        .addPasskey(device, "A phone", PASSWORD)
                        .status())
                .isEqualTo(201);
        assertThat(signIn(device).status()).isEqualTo(200);
        assertThat(signIn(device).status()).isEqualTo(200);
    }

    @Test
    void whatWasSignedForAnotherPageOrByAnotherDeviceIsRefused() {
        Account account = api.register();
        api.as(account).addPasskey(device, "A key", PASSWORD);
        Authenticator phished = new Authenticator("https://evil.example.com");
        assertThat(api.as(account).addPasskey(phished, "A key", PASSWORD).code())
                .isEqualTo("CONFLICT");
        assertThat(api.with("Origin", "https://evil.example.com").post(ASK).code())
                .isEqualTo("CSRF_REJECTED");

        Answer asked = api.with("Origin", OTHER_PAGE).post(ASK);
        assertThat(asked.data().path("rp_id").asString()).isEqualTo("app.example.org");
        assertThat(api.with("Origin", OTHER_PAGE)
                        .with("Cookie", cookie(asked))
                        .post(LOGIN, device.get(asked.data()))
                        .code())
                .isEqualTo("INVALID_CREDENTIALS");

        Answer question = api.post(ASK);
        Map<String, Object> signed = new HashMap<>(device.get(question.data()));
        signed.put(
                "signature", new Authenticator(api.base()).get(question.data()).get("signature"));
        assertThat(api.with("Cookie", cookie(question)).post(LOGIN, signed).code())
                .isEqualTo("INVALID_CREDENTIALS");
        Answer next = api.post(ASK);
        Map<String, Object> others = new HashMap<>(device.get(next.data()));
        others.put("user_handle", "AAAAAAAAAAAAAAAAAAAAAA");
        assertThat(api.with("Cookie", cookie(next)).post(LOGIN, others).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(signIn(device).status()).isEqualTo(200);
    }

    @Test
    void aClosedAccountStaysClosedAndADeletedOneIsUnknown() {
        Account account = api.register();
        api.as(account).addPasskey(device, "A key", PASSWORD);
        active(account, false);
        assertThat(signIn(device).status()).isEqualTo(403);
        active(account, true);
        Api again = api.as(Api.account(signIn(device)));
        assertThat(again.delete("/api/v1/users/profile/", Map.of("password", PASSWORD))
                        .status())
                .isEqualTo(200);
        assertThat(signIn(device).code()).isEqualTo("INVALID_CREDENTIALS");
    }

    @Test
    void whatWasLeftInAnAccountBeforeItsOwnerCameIsVoid() {
        Account account = api.register();
        api.as(account).addPasskey(device, "Somebody else's", PASSWORD);
        assertThat(api.enter(Person.of(account.email())).status()).isEqualTo(200);
        assertThat(signIn(device).code()).isEqualTo("INVALID_CREDENTIALS");
    }

    @Test
    void anAccountHasTwentyAtMost() {
        Api mine = api.as(api.register());
        for (int i = 0; i < 20; i++) {
            assertThat(mine.addPasskey(new Authenticator(api.base()), "One of many", PASSWORD)
                            .status())
                    .isEqualTo(201);
        }
        assertThat(mine.post(OPTIONS, Map.of("password", PASSWORD)).code()).isEqualTo("CONFLICT");
    }

    @Test
    void ofManyThatBringTheSameAnswerAtOnceOneGetsIn() throws Exception {
        api.as(api.register()).addPasskey(device, "A key", PASSWORD);
        Answer asked = api.post(ASK);
        Map<String, Object> signed = device.get(asked.data());
        Api here = api.with("Cookie", cookie(asked));
        List<Future<Answer>> entering = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                entering.add(threads.submit(() -> here.post(LOGIN, signed)));
            }
        }
        int entered = 0;
        for (Future<Answer> one : entering) {
            entered += one.get().status() == 200 ? 1 : 0;
        }
        assertThat(entered).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_data", "attestation"})
    void whatADeviceMayAnswerInsteadIsRefused(String field) {
        Api mine = api.as(api.register());
        Random random = new Random(field.hashCode());
        for (int i = 0; i < 12; i++) {
            Answer asked = mine.post(OPTIONS, Map.of("password", PASSWORD));
            Map<String, Object> made = new HashMap<>(device.create(asked.data(), "A key"));
            made.put(field, garbled(String.valueOf(made.get(field)), i, random));
            assertThat(mine.with("Cookie", cookie(asked)).post(PASSKEYS, made).code())
                    .as(String.valueOf(made.get(field)))
                    .isEqualTo("CONFLICT");
        }
    }

    /// Cut off, not in base64, empty, or with some bytes changed at its beginning.
    private static String garbled(String text, int how, Random random) {
        return switch (how) {
            case 0 -> "";
            case 1 -> "not base64 !";
            case 2 -> "AA";
            default -> {
                byte[] bytes = Base64.getUrlDecoder().decode(text);
                for (int i = 0; i < how; i++) {
                    bytes[random.nextInt(Math.min(30, bytes.length))] ^= (byte) (1 + random.nextInt(255));
                }
                yield Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            }
        };
    }

    private Answer signIn(Authenticator with) {
        Answer asked = api.post(ASK);
        assertThat(asked.status()).as(asked.response().body()).isEqualTo(200);
        return api.with("Cookie", cookie(asked)).post(LOGIN, with.get(asked.data()));
    }

    private static String cookie(Answer asked) {
        return asked.cookie("parley_passkey").replaceFirst(";.*", "");
    }

    private void active(Account account, boolean active) {
        jdbc.sql("update account set is_active = :active where id = :id")
                .param("active", active)
                .param("id", UUID.fromString(account.id()))
                .update();
    }

    private List<String> actions(Account account) {
        return jdbc.sql("select action from audit_event where actor_id = :id")
                .param("id", UUID.fromString(account.id()))
                .query((row, _) -> row.getString("action"))
                .list();
    }
}
