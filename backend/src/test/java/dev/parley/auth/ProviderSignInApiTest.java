package dev.parley.auth;

import static dev.parley.Api.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.Api.Account;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import dev.parley.IdentityProvider;
import dev.parley.IdentityProvider.Lie;
import dev.parley.IdentityProvider.Person;
import dev.parley.IdentityProvider.Redirected;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@ApiTest
class ProviderSignInApiTest {
    private static final String BEGIN = "/api/v1/auth/oidc";
    private static final String COMPLETE = "/api/v1/auth/oidc/complete";
    private static final String WAYS_IN = "/api/v1/auth/ways-in";
    private static final String PROFILE = "/api/v1/users/profile/";

    private final Api api;
    private final JdbcClient jdbc;
    private final IdentityProvider provider = IdentityProvider.shared();

    ProviderSignInApiTest(@LocalServerPort int port, @Autowired JdbcClient jdbc) {
        api = new Api(port);
        this.jdbc = jdbc;
    }

    @Test
    void whoIsNewGetsAnAccountAndAnOrdinarySession() {
        String email = Api.freshEmail();
        Person person = Person.of(email).with("given_name", "Ada").with("family_name", "Lovelace");

        Answer entered = api.enter(person);

        assertThat(entered.status()).as(entered.response().body()).isEqualTo(200);
        assertThat(entered.data().path("user").path("email").asString()).isEqualTo(email);
        assertThat(entered.data().path("user").path("first_name").asString()).isEqualTo("Ada");
        assertThat(entered.data().path("next").asString()).isEqualTo("/settings");
        assertThat(entered.data().path("former_ways_ended").asBoolean()).isFalse();
        assertThat(entered.cookie("parley_access")).contains("HttpOnly", "SameSite=Lax", "Path=/");
        assertThat(entered.cookie("parley_refresh")).contains("HttpOnly", "SameSite=Strict", "Path=/api/v1/auth");
        assertThat(entered.cookie("parley_provider")).contains("Max-Age=0");
        Account account = Api.account(entered);
        Api mine = api.as(account);
        assertThat(mine.get("/api/v1/auth/me").status()).isEqualTo(200);
        assertThat(api.post("/api/v1/auth/refresh", Map.of("refresh_token", account.refreshToken()))
                        .status())
                .isEqualTo(200);
        assertThat(mine.get(WAYS_IN).data().path("password").asBoolean()).isFalse();
        assertThat(mine.get(WAYS_IN)
                        .data()
                        .path("identities")
                        .path(0)
                        .path("email")
                        .asString())
                .isEqualTo(email);
        assertThat(mine.get(PROFILE + "export/")
                        .body()
                        .path("identities")
                        .path(0)
                        .path("issuer")
                        .asString())
                .isEqualTo(provider.issuer());
        assertThat(actions(account)).containsExactlyInAnyOrder("account.created", "identity.linked", "session.begun");
    }

    @Test
    void theEntranceNamesTheProviderAndItsAddressAsksForACodeWithPkce() {
        assertThat(api.get("/api/v1/auth/entrance").data().path("provider").asString())
                .isEqualTo(IdentityProvider.NAME);

        Answer begun = api.post(BEGIN, Map.of("next", "/memory"));

        String address = begun.data().path("address").asString();
        assertThat(address)
                .startsWith(provider.issuer() + "/authorize?tenant=1&response_type=code&client_id=parley&")
                .contains("&scope=openid+email+profile&", "&code_challenge_method=S256", "&state=", "&nonce=")
                .doesNotContain("max_age");
        assertThat(begun.cookie("parley_provider"))
                .contains("HttpOnly", "SameSite=Strict", "Path=/api/v1/auth/oidc", "Max-Age=600");
        assertThat(api.post(BEGIN, Map.of("afresh", true))
                        .data()
                        .path("address")
                        .asString())
                .contains("&prompt=login&max_age=0");
        assertThat(api.with("Origin", "https://evil.example.com").post(BEGIN).code())
                .isEqualTo("CSRF_REJECTED");
    }

    @Test
    void whatIsLinkedStaysSoWhateverBecomesOfTheEmail() {
        Person person = Person.of(Api.freshEmail());
        Account account = Api.account(api.enter(person));

        Answer renamed = api.enter(person.with("email", Api.freshEmail()).with("email_verified", false));
        assertThat(Api.account(renamed).id()).isEqualTo(account.id());
        assertThat(renamed.data().path("user").path("email").asString()).isEqualTo(account.email());

        Account other = api.register();
        Answer moved = api.enter(person.with("email", other.email()));
        assertThat(Api.account(moved).id()).isEqualTo(account.id());
    }

    @Test
    void aVerifiedEmailOpensItsAccountAndWhatOthersMayHaveLeftThereIsVoid() {
        Account account = api.register();
        String key = api.as(account)
                .post("/api/v1/auth/keys/", Map.of("name", "a program"))
                .data()
                .path("key")
                .asString();

        Answer entered = api.enter(Person.of(account.email().toUpperCase(Locale.ROOT)));

        assertThat(Api.account(entered).id()).isEqualTo(account.id());
        assertThat(entered.data().path("former_ways_ended").asBoolean()).isTrue();
        assertThat(api.as(account).get("/api/v1/auth/me").code()).isEqualTo("TOKEN_REVOKED");
        assertThat(login(account).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(api.with("Authorization", "Bearer " + key)
                        .get("/api/v1/chats/")
                        .status())
                .isEqualTo(401);
        assertThat(actions(account)).contains("identity.linked");
    }

    @Test
    void whoIsSignedInLinksTheirOwnAndLosesNothing() {
        Account account = api.register();

        Answer entered = api.as(account).enter(Person.of(account.email()));

        assertThat(Api.account(entered).id()).isEqualTo(account.id());
        assertThat(entered.data().path("former_ways_ended").asBoolean()).isFalse();
        assertThat(api.as(account).get("/api/v1/auth/me").status()).isEqualTo(200);
        assertThat(login(account).status()).isEqualTo(200);
        assertLosesNothingMore(account);
    }

    @Test
    void whoWasLinkedBeforeAnybodyNotedWhoseTheEmailIsLosesNothingLater() {
        Account account = api.register();
        Person person = Person.of(account.email());
        api.as(account).enter(person);
        jdbc.sql("update account set is_vouched = false where id = :id")
                .param("id", UUID.fromString(account.id()))
                .update();

        api.enter(person.with("email_verified", false));
        api.enter(person.with("email", Api.freshEmail()));
        assertThat(isVouched(account)).isFalse();

        api.enter(person);
        assertThat(isVouched(account)).isTrue();
        assertLosesNothingMore(account);
    }

    private boolean isVouched(Account account) {
        return jdbc.sql("select is_vouched from account where id = :id")
                .param("id", UUID.fromString(account.id()))
                .query(Boolean.class)
                .single();
    }

    private void assertLosesNothingMore(Account account) {
        Answer another = api.enter(Person.of(account.email()));
        assertThat(Api.account(another).id()).isEqualTo(account.id());
        assertThat(another.data().path("former_ways_ended").asBoolean(true)).isFalse();
        assertThat(login(account).status()).isEqualTo(200);
    }

    @Test
    void somebodyElseWhoIsSignedInVouchesForNothing() {
        Account account = api.register();

        Answer entered = api.as(api.register()).enter(Person.of(account.email()));

        assertThat(Api.account(entered).id()).isEqualTo(account.id());
        assertThat(entered.data().path("former_ways_ended").asBoolean()).isTrue();
    }

    @Test
    void anUnverifiedEmailOpensNoAccountAndBeginsNone() {
        Person nobodys = Person.of(Api.freshEmail()).with("email_verified", false);
        assertThat(api.enter(nobodys).code()).isEqualTo("CONFLICT");
        assertThat(api.enter(nobodys.with("xms_edov", "0")).code()).isEqualTo("CONFLICT");
        assertThat(api.enter(nobodys.with("email_verified", true)).status()).isEqualTo(200);
        for (Object confirmed : List.of(true, 1, "1")) {
            Person ofEntra = new Person(
                    UUID.randomUUID().toString(),
                    Map.of("email", Api.freshEmail(), "xms_edov", confirmed),
                    Lie.NONE,
                    null);
            assertThat(api.enter(ofEntra).status()).isEqualTo(200);
        }

        Account account = api.register();
        Person claims = Person.of(account.email());

        for (Person person : List.of(
                claims.with("email_verified", false),
                claims.with("email_verified", "false"),
                new Person("x" + UUID.randomUUID(), Map.of("email", account.email()), Lie.NONE, null))) {
            Answer refused = api.enter(person);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.code()).isEqualTo("CONFLICT");
            assertThat(refused.cookie("parley_access")).isEmpty();
        }
        assertThat(login(account).status()).isEqualTo(200);
        assertThat(Api.account(api.enter(claims.with("email_verified", "true"))).id())
                .isEqualTo(account.id());
    }

    @Test
    void anEmailThatOnlyUserinfoTellsCountsIfItIsTheSamePersons() {
        String email = Api.freshEmail();
        assertThat(api.enter(Person.of(email).onlyInUserinfo())
                        .data()
                        .path("user")
                        .path("email")
                        .asString())
                .isEqualTo(email);

        Person mixedUp = Person.of(email).whoseUserinfoIs(Map.of("sub", "somebody else", "email", email));
        assertThat(api.enter(mixedUp).code()).isEqualTo("INVALID_CREDENTIALS");
        Person silent = Person.of(email);
        assertThat(api.enter(silent.whoseUserinfoIs(Map.of("sub", silent.subject())))
                        .code())
                .isEqualTo("CONFLICT");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFalseIdTokenSignsNobodyIn(Lie lie) {
        Person person = Person.of(Api.freshEmail());

        Answer refused = api.enter(person.lying(lie));

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(refused.cookie("parley_access")).isEmpty();
        assertThat(api.enter(person).status()).isEqualTo(200);
    }

    @Test
    void aSignInThatTheProviderDidNotAskForAgainIsNotAFreshOne() {
        Person silent = Person.of(Api.freshEmail());
        Person longAgo = silent.with("auth_time", Instant.now().getEpochSecond() - 3600);
        Map<String, String> password = Map.of("new_password", "eight green bottles");
        for (Person person : List.of(silent, longAgo)) {
            Api mine = api.as(Api.account(api.enter(person)));
            assertThat(mine.get(WAYS_IN).data().path("fresh").asBoolean(true)).isFalse();
            assertThat(mine.post("/api/v1/auth/password/", password).code()).isEqualTo("FRESH_SIGN_IN_REQUIRED");
            assertThat(enterAfresh(person).code()).isEqualTo("INVALID_CREDENTIALS");
        }

        Api mine = api.as(Api.account(enterAfresh(silent.present())));
        assertThat(mine.get(WAYS_IN).data().path("fresh").asBoolean()).isTrue();
        assertThat(mine.post("/api/v1/auth/password/", password).status()).isEqualTo(200);
        Person tomorrow = silent.with("auth_time", Instant.now().getEpochSecond() + 86_400);
        assertThat(api.enter(tomorrow).code()).isEqualTo("INVALID_CREDENTIALS");
    }

    private Answer enterAfresh(Person person) {
        Answer begun = api.post(BEGIN, Map.of("afresh", true));
        return complete(begun, provider.signIn(address(begun), person), Map.of());
    }

    @Test
    void onlyTheBrowserWhereItBeganEndsItAndOnce() {
        Person person = Person.of(Api.freshEmail());
        Answer begun = api.post(BEGIN);
        Redirected callback = provider.signIn(address(begun), person);

        assertThat(api.post(COMPLETE, body(callback, Map.of())).code())
                .as("another browser")
                .isEqualTo("TOKEN_EXPIRED");
        Answer others = api.post(BEGIN);
        assertThat(complete(others, callback, Map.of()).code())
                .as("another attempt")
                .isEqualTo("TOKEN_EXPIRED");
        assertThat(complete(begun, callback, Map.of("state", "another")).code()).isEqualTo("TOKEN_EXPIRED");
        assertThat(complete(begun, callback, Map.of("code", "another")).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(complete(begun, callback, Map.of("iss", "https://elsewhere.example.org"))
                        .code())
                .isEqualTo("INVALID_CREDENTIALS");
        assertThat(api.with("Origin", "https://evil.example.com")
                        .post(COMPLETE, body(callback, Map.of()))
                        .code())
                .isEqualTo("CSRF_REJECTED");

        assertThat(complete(begun, callback, Map.of()).status()).isEqualTo(200);
        Answer replayed = complete(begun, callback, Map.of());
        assertThat(replayed.code()).as("the same code again").isEqualTo("INVALID_CREDENTIALS");
        Redirected stolen = provider.signIn(address(others), person);
        assertThat(complete(
                                begun,
                                new Redirected(stolen.address()
                                        .replaceFirst("state=[^&]*", "state=" + callback.parameter("state"))),
                                Map.of())
                        .code())
                .as("a code of another attempt")
                .isEqualTo("INVALID_CREDENTIALS");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "/chat/1?message=2#x, /chat/1?message=2#x",
                "/admin/users, /admin/users",
                "none, /chat",
                "chat, /chat",
                "//evil.example.com, /chat",
                "/\\evil.example.com, /chat",
                "/a\\b, /chat",
                "https://evil.example.com, /chat",
                "javascript:alert(1), /chat",
                "'/ x', /chat",
                "'/\tx', /chat"
            })
    void whereToGoAfterwardsIsAPathOfThisSite(String wished, String led) {
        assertThat(ReturnPath.of(wished)).isEqualTo(led);
        assertThat(ReturnPath.of("/" + "a".repeat(500))).isEqualTo("/chat");
    }

    @Test
    void aStrangersSecondFactorKeepsNobodyOutOfTheirOwnEmailsAccount() {
        Account account = api.register();
        turnSecondFactorOn(account);

        Answer entered = api.enter(Person.of(account.email()));

        assertThat(entered.status()).isEqualTo(200);
        assertThat(Api.account(entered).id()).isEqualTo(account.id());
        assertThat(entered.data().path("former_ways_ended").asBoolean()).isTrue();
        assertThat(api.as(account).get("/api/v1/auth/me").code()).isEqualTo("TOKEN_REVOKED");
        assertThat(login(account).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(jdbc.sql("select action from audit_event where about_id = :id and actor_id is null")
                        .param("id", UUID.fromString(account.id()))
                        .query(String.class)
                        .list())
                .contains("second_factor.removed");
    }

    /// @return a recovery code
    private String turnSecondFactorOn(Account account) {
        Api mine = api.as(account);
        String secret = mine.post("/api/v1/auth/second-factor/", Map.of("password", PASSWORD))
                .data()
                .path("secret")
                .asString();
        return mine.post("/api/v1/auth/second-factor/confirm/", Map.of("code", SecondFactorApiTest.codeOf(secret)))
                .data()
                .path("recovery_codes")
                .path(0)
                .asString();
    }

    @Test
    void aSecondFactorIsAskedAfterTheProviderTooAndThenLinks() {
        Account account = api.register();
        Api mine = api.as(account);
        String recovery = turnSecondFactorOn(account);
        Person person = Person.of(account.email());

        Answer asked = mine.enter(person);
        assertThat(asked.code()).isEqualTo("SECOND_FACTOR_REQUIRED");
        assertThat(asked.cookie("parley_access")).isEmpty();
        assertThat(asked.body().path("error").path("details").path("next").asString())
                .isEqualTo("/settings");
        assertThat(mine.get(WAYS_IN).data().path("identities")).isEmpty();
        String challenge =
                asked.body().path("error").path("details").path("challenge").asString();
        Answer entered =
                api.post("/api/v1/auth/login/second-factor/", Map.of("challenge", challenge, "code", recovery));

        assertThat(Api.account(entered).id()).isEqualTo(account.id());
        assertThat(mine.get(WAYS_IN).data().path("identities")).hasSize(1);
        assertThat(mine.get(WAYS_IN).data().path("password").asBoolean()).isTrue();
        assertThat(api.enter(person).code()).isEqualTo("SECOND_FACTOR_REQUIRED");
        assertThat(api.enter(Person.of(account.email())).code())
                .as("with another identity, now that the email is known to be theirs")
                .isEqualTo("SECOND_FACTOR_REQUIRED");
    }

    @Test
    void aClosedAccountStaysClosed() {
        Person person = Person.of(Api.freshEmail());
        Account account = Api.account(api.enter(person));
        jdbc.sql("update account set is_active = false where id = :id")
                .param("id", UUID.fromString(account.id()))
                .update();

        Answer refused = api.enter(person);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.cookie("parley_access")).isEmpty();
        assertThat(api.enter(Person.of(account.email())).status())
                .as("by email")
                .isEqualTo(403);
    }

    @Test
    void whoHasNoPasswordHasToHaveSignedInJustNow() {
        Person person = Person.of(Api.freshEmail()).present();
        Account account = Api.account(api.enter(person));
        Api mine = api.as(account);
        assertThat(mine.get(WAYS_IN).data().path("fresh").asBoolean()).isTrue();
        agoAnHour(account);
        assertThat(mine.get(WAYS_IN).data().path("fresh").asBoolean()).isFalse();

        Map<String, String> password = Map.of("new_password", "eight green bottles");
        assertThat(mine.post("/api/v1/auth/password/", password).code()).isEqualTo("FRESH_SIGN_IN_REQUIRED");
        assertThat(mine.post("/api/v1/auth/second-factor/", Map.of()).code()).isEqualTo("FRESH_SIGN_IN_REQUIRED");
        assertThat(mine.delete(PROFILE, Map.of("password", "")).code()).isEqualTo("FRESH_SIGN_IN_REQUIRED");
        assertThat(mine.delete(PROFILE, Map.of("password", "a guess")).status()).isEqualTo(403);

        Api again = api.as(Api.account(api.enter(person)));
        assertThat(again.post("/api/v1/auth/second-factor/", Map.of()).status()).isEqualTo(201);
        assertThat(again.post("/api/v1/auth/password/", password).status()).isEqualTo(200);
        assertThat(mine.get("/api/v1/auth/me").code()).as("the other device").isEqualTo("TOKEN_REVOKED");
        assertThat(again.post("/api/v1/auth/password/", password).fields().has("current_password"))
                .isTrue();
        assertThat(again.delete(PROFILE, Map.of("password", "")).status()).isEqualTo(422);
        assertThat(again.delete(PROFILE, Map.of("password", "eight green bottles"))
                        .status())
                .isEqualTo(200);
        assertThat(Api.account(api.enter(person)).id()).as("a new account").isNotEqualTo(account.id());
    }

    @Test
    void whoHasNoPasswordMayLeaveHavingSignedInJustNow() {
        Api mine = api.as(Api.account(api.enter(Person.of(Api.freshEmail()).present())));
        assertThat(mine.delete(PROFILE, Map.of()).status()).isEqualTo(200);
        assertThat(mine.get("/api/v1/auth/me").code()).isEqualTo("TOKEN_REVOKED");
    }

    @Test
    void theOnlyWayInIsNotTakenAway() {
        Person person = Person.of(Api.freshEmail()).present();
        Account account = Api.account(api.enter(person));
        Api mine = api.as(account);
        String path = "/api/v1/auth/identities/"
                + mine.get(WAYS_IN).data().path("identities").path(0).path("id").asString();

        assertThat(mine.delete(path).code()).isEqualTo("CONFLICT");
        assertThat(mine.get(WAYS_IN).data().path("identities")).hasSize(1);
        mine.post("/api/v1/auth/password/", Map.of("new_password", PASSWORD));
        assertThat(api.as(api.register()).delete(path).status()).isEqualTo(404);
        assertThat(mine.delete(path).status()).isEqualTo(200);
        assertThat(mine.get(WAYS_IN).data().path("identities")).isEmpty();
        assertThat(actions(account)).contains("identity.unlinked", "password.changed");
    }

    @Test
    void ofManyWhoComeAtOnceForTheFirstTimeAllGetTheSameAccount() throws Exception {
        Person person = Person.of(Api.freshEmail());
        List<Future<Answer>> entering = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                entering.add(threads.submit(() -> api.enter(person)));
            }
        }
        List<String> ids = new ArrayList<>();
        for (Future<Answer> one : entering) {
            assertThat(one.get().status()).as(one.get().response().body()).isEqualTo(200);
            ids.add(Api.account(one.get()).id());
        }
        assertThat(ids).hasSize(4).containsOnly(ids.getFirst());
    }

    private Answer login(Account account) {
        return api.post("/api/v1/auth/login", Map.of("email", account.email(), "password", PASSWORD));
    }

    private static String address(Answer begun) {
        String address = begun.data().path("address").asString();
        assertThat(URI.create(address).getScheme()).isEqualTo("http");
        return address;
    }

    private Answer complete(Answer begun, Redirected callback, Map<String, String> instead) {
        return api.with("Cookie", begun.cookie("parley_provider").replaceFirst(";.*", ""))
                .post(COMPLETE, body(callback, instead));
    }

    private static Map<String, String> body(Redirected callback, Map<String, String> instead) {
        Map<String, String> body = new HashMap<>();
        for (String name : List.of("code", "state", "iss")) {
            body.put(name, callback.parameter(name));
        }
        body.putAll(instead);
        return body;
    }

    private void agoAnHour(Account account) {
        jdbc.sql("update session set shown_at = shown_at - interval '1 hour' where owner_id = :id")
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
