package dev.parley.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.Api.Account;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import dev.parley.Authenticator;
import dev.parley.LiveClient;
import dev.parley.auth.NewAccounts;
import dev.parley.auth.SecondFactorApiTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// What operators do about how somebody gets in.
@ApiTest
class AccountHelpApiTest {
    private static final String USERS = "/api/v1/admin/users/";
    private static final String NEXT = "eight brown bottles";

    private final int port;
    private final Api anyone;
    private final NewAccounts newAccounts;
    private final JdbcClient jdbc;
    private final Account operatorsAccount;
    private final Api operator;
    private final Account person;

    AccountHelpApiTest(@LocalServerPort int port, @Autowired NewAccounts newAccounts, @Autowired JdbcClient jdbc) {
        this.port = port;
        this.newAccounts = newAccounts;
        this.jdbc = jdbc;
        anyone = new Api(port);
        operatorsAccount = superuser();
        operator = anyone.as(operatorsAccount);
        person = anyone.register();
    }

    private Account superuser() {
        String email = Api.freshEmail();
        newAccounts.superuser(email, Api.PASSWORD);
        return anyone.login(email);
    }

    private String key() {
        return anyone.as(person)
                .post("/api/v1/auth/keys/", Map.of("name", "a program"))
                .data()
                .path("key")
                .asString();
    }

    private int statusWith(String key) {
        return anyone.with("Authorization", "Bearer " + key)
                .get("/api/v1/chats/")
                .status();
    }

    private List<JsonNode> log() {
        return operator.get("/api/v1/admin/audit/?about=" + person.id())
                .data()
                .path("items")
                .valueStream()
                .toList();
    }

    private static String action(JsonNode line) {
        return line.path("action").asString();
    }

    private Answer reset(String link, String password) {
        String token = link.substring(link.indexOf('#') + 1);
        return anyone.post("/api/v1/auth/password/reset", Map.of("token", token, "new_password", password));
    }

    private Answer login(String password) {
        return anyone.post("/api/v1/auth/login", Map.of("email", person.email(), "password", password));
    }

    @Test
    void aLinkOpensTheAccountOnceAndIsInTheLogWithoutItsToken() {
        Answer made = operator.post(USERS + person.id() + "/reset-link/");
        String link = made.data().path("link").asString();

        assertThat(made.status()).isEqualTo(200);
        assertThat(link).contains("/reset-password#");
        assertThat(anyone.as(person).get("/api/v1/auth/me").status())
                .as("until it is used")
                .isEqualTo(200);
        assertThat(reset(link, NEXT).status()).isEqualTo(200);
        assertThat(login(NEXT).status()).isEqualTo(200);
        assertThat(anyone.as(person).get("/api/v1/auth/me").code()).isEqualTo("TOKEN_REVOKED");
        assertThat(reset(link, "nine green bottles").code()).isEqualTo("TOKEN_EXPIRED");
        JsonNode line = log().stream()
                .filter(one -> action(one).equals("password.link_made"))
                .findFirst()
                .orElseThrow();
        assertThat(line.path("actor").path("email").asString()).isEqualTo(operatorsAccount.email());
        assertThat(line.path("details")).isEmpty();
        assertThat(log().toString()).doesNotContain(link.substring(link.indexOf('#') + 1));
    }

    @Test
    void aLinkTakesTheSecondFactorAwayOnlyWhereThatWasAskedForAndWhenItIsUsed() {
        SecondFactorApiTest.turnOn(anyone.as(person), Api.PASSWORD);

        reset(link("{}"), NEXT);
        assertThat(login(NEXT).code()).isEqualTo("SECOND_FACTOR_REQUIRED");

        String without = link("{\"without_second_factor\": true}");
        assertThat(log().getFirst()
                        .path("details")
                        .path("without_second_factor")
                        .asString())
                .isEqualTo("true");
        assertThat(login(NEXT).code()).as("until it is used").isEqualTo("SECOND_FACTOR_REQUIRED");
        assertThat(reset(without, "nine green bottles").status()).isEqualTo(200);
        assertThat(login("nine green bottles").status()).isEqualTo(200);
        assertThat(log()).extracting(AccountHelpApiTest::action).contains("second_factor.removed");
    }

    /// @return one that was not mailed, and so shows no email
    private String link(String wish) {
        String link = operator.post(USERS + person.id() + "/reset-link/", wish)
                .data()
                .path("link")
                .asString();
        assertThat(jdbc.sql("select is_mailed from password_reset where owner_id = :owner")
                        .param("owner", UUID.fromString(person.id()))
                        .query(Boolean.class)
                        .list())
                .containsExactly(false);
        return link;
    }

    @Test
    void theLinksOfWhoIsNoOperatorAnyMoreAreVoid() {
        Consumer<Account> dismiss = colleague -> operator.patch(USERS + colleague.id(), "{\"is_staff\": false}");
        Consumer<Account> disable = colleague -> operator.patch(USERS + colleague.id(), "{\"is_active\": false}");
        Consumer<Account> leave =
                colleague -> anyone.as(colleague).delete("/api/v1/users/profile/", Map.of("password", Api.PASSWORD));
        for (Consumer<Account> end : List.of(dismiss, disable, leave)) {
            Account colleague = superuser();
            String link = anyone.as(colleague)
                    .post(USERS + person.id() + "/reset-link/")
                    .data()
                    .path("link")
                    .asString();
            assertThat(link).contains("/reset-password#");

            end.accept(colleague);

            assertThat(reset(link, NEXT).code()).isEqualTo("TOKEN_EXPIRED");
        }
        assertThat(login(Api.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void linksOutliveThoseWhoNeverWereOperators() {
        Account stranger = anyone.register();
        String link = link("{}");

        operator.patch(USERS + stranger.id(), "{\"is_active\": false}");

        assertThat(reset(link, NEXT).status()).isEqualTo(200);
    }

    @Test
    void nobodyMakesALinkForThemselvesForWhoIsDisabledOrForNobody() {
        Account colleague = superuser();
        operator.patch(USERS + person.id(), "{\"is_active\": false}");

        assertThat(operator.post(USERS + operatorsAccount.id() + "/reset-link/").code())
                .isEqualTo("CONFLICT");
        assertThat(operator.post(USERS + person.id() + "/reset-link/").code()).isEqualTo("CONFLICT");
        assertThat(operator.post(USERS + UUID.randomUUID() + "/reset-link/").status())
                .isEqualTo(404);
        assertThat(operator.post(USERS + colleague.id() + "/reset-link/").status())
                .isEqualTo(200);
        assertThat(anyone.as(person)
                        .post(USERS + colleague.id() + "/reset-link/")
                        .status())
                .isEqualTo(401);
        assertThat(log()).extracting(AccountHelpApiTest::action).doesNotContain("password.link_made");
    }

    @Test
    void aLinkIsTakenBackByTheNextOneAndByDisablingTheAccount() {
        String wrongHands = link("{}");
        String next = link("{}");
        assertThat(reset(wrongHands, NEXT).code()).isEqualTo("TOKEN_EXPIRED");

        operator.patch(USERS + person.id(), "{\"is_active\": false}");
        operator.patch(USERS + person.id(), "{\"is_active\": true}");

        assertThat(reset(next, NEXT).code()).isEqualTo("TOKEN_EXPIRED");
        assertThat(login(Api.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void whereAllWaysInAreVoidOnlyALinkLeadsIn() {
        Api mine = anyone.as(person);
        mine.linkedAs(person.email());
        Authenticator device = new Authenticator(anyone.base());
        mine.addPasskey(device, "A phone", Api.PASSWORD);
        SecondFactorApiTest.turnOn(mine, Api.PASSWORD);
        String key = key();
        String handedOver = link("{}");

        Answer voided = operator.post(USERS + person.id() + "/void-ways-in/");

        assertThat(voided.status()).isEqualTo(200);
        assertThat(voided.data().path("passkeys").asInt()).isEqualTo(1);
        assertThat(voided.data().path("identities").asInt()).isEqualTo(1);
        assertThat(voided.data().path("keys").asInt()).isEqualTo(1);
        assertThat(voided.data().path("second_factor").asBoolean()).isTrue();
        assertThat(mine.get("/api/v1/auth/me").code()).isEqualTo("TOKEN_REVOKED");
        assertThat(login(Api.PASSWORD).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(statusWith(key)).isEqualTo(401);
        assertThat(withPasskey(device).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(reset(handedOver, NEXT).code()).isEqualTo("TOKEN_EXPIRED");
        assertThat(log().stream()
                        .filter(line ->
                                line.path("actor").path("email").asString().equals(operatorsAccount.email()))
                        .map(AccountHelpApiTest::action))
                .contains(
                        "account.ways_in_voided",
                        "passkeys.removed",
                        "identities.unlinked",
                        "keys.deleted",
                        "second_factor.removed");

        assertThat(reset(link("{}"), NEXT).status()).isEqualTo(200);
        Answer entered = login(NEXT);
        assertThat(entered.status()).isEqualTo(200);
        JsonNode ways =
                anyone.as(Api.account(entered)).get("/api/v1/auth/ways-in/").data();
        assertThat(ways.path("passkeys")).isEmpty();
        assertThat(ways.path("identities")).isEmpty();
    }

    @Test
    void whoGotIntoAnOperatorsAccountKeepsNoLinksToOthers() {
        Account colleague = superuser();
        String link = anyone.as(colleague)
                .post(USERS + person.id() + "/reset-link/")
                .data()
                .path("link")
                .asString();
        assertThat(link).contains("/reset-password#");

        assertThat(operator.post(USERS + colleague.id() + "/void-ways-in/").status())
                .isEqualTo(200);

        assertThat(reset(link, NEXT).code()).isEqualTo("TOKEN_EXPIRED");
    }

    private Answer withPasskey(Authenticator device) {
        Answer asked = anyone.post("/api/v1/auth/login/passkey/options");
        return anyone.with("Cookie", asked.cookie("parley_passkey").replaceFirst(";.*", ""))
                .post("/api/v1/auth/login/passkey", device.get(asked.data()));
    }

    @Test
    void waysInAreVoidedOfDisabledAccountsTooButNotOfOnesOwnOrNobodys() {
        operator.patch(USERS + person.id(), "{\"is_active\": false}");
        assertThat(operator.post(USERS + person.id() + "/void-ways-in/").status())
                .isEqualTo(200);
        operator.patch(USERS + person.id(), "{\"is_active\": true}");
        assertThat(login(Api.PASSWORD).code()).isEqualTo("INVALID_CREDENTIALS");

        assertThat(operator.post(USERS + operatorsAccount.id() + "/void-ways-in/")
                        .code())
                .isEqualTo("CONFLICT");
        assertThat(operator.post(USERS + UUID.randomUUID() + "/void-ways-in/").code())
                .isEqualTo("NOT_FOUND");
        assertThat(operator.get("/api/v1/auth/me").status()).isEqualTo(200);
    }

    @Test
    void keysStayUnlessTheyAreToGo() {
        String key = key();

        operator.post(USERS + person.id() + "/sign-out/");
        operator.post(USERS + person.id() + "/reset-link/", "{\"delete_keys\": false}");
        operator.patch(USERS + person.id(), "{\"is_active\": false}");
        assertThat(statusWith(key)).as("while the account is disabled").isEqualTo(401);
        operator.patch(USERS + person.id(), "{\"is_active\": true}");

        assertThat(statusWith(key)).isEqualTo(200);
    }

    @Test
    void keysGoWithASignOutAndWhatIsOpenInTheirNameCloses() {
        String key = key();
        try (LiveClient program = LiveClient.of(port)) {
            program.say(Map.of("type", "auth", "token", key));
            program.until("ready");

            assertThat(operator.post(USERS + person.id() + "/sign-out/", "{\"delete_keys\": true}")
                            .status())
                    .isEqualTo(200);

            assertThat(program.closed()).isEqualTo(4401);
        }
        assertThat(statusWith(key)).isEqualTo(401);
        assertThat(log().subList(0, 2))
                .extracting(AccountHelpApiTest::action)
                .containsExactlyInAnyOrder("keys.deleted", "account.signed_out");
        JsonNode line = log().stream()
                .filter(one -> action(one).equals("keys.deleted"))
                .findFirst()
                .orElseThrow();
        assertThat(line.path("details").path("keys").asString()).isEqualTo("1");
        assertThat(line.path("actor").path("email").asString()).isEqualTo(operatorsAccount.email());
    }

    @Test
    void keysThatWentWithADisabledAccountDoNotComeBackWithIt() {
        String key = key();

        operator.patch(USERS + person.id(), "{\"is_active\": false, \"delete_keys\": true}");
        operator.patch(USERS + person.id(), "{\"is_active\": true}");

        assertThat(statusWith(key)).isEqualTo(401);
        anyone.login(person.email());
    }

    @Test
    void keysGoWithALink() {
        String key = key();

        operator.post(USERS + person.id() + "/reset-link/", "{\"delete_keys\": true}");

        assertThat(statusWith(key)).isEqualTo(401);
        assertThat(anyone.as(person).get("/api/v1/auth/me").status()).isEqualTo(200);
    }

    @Test
    void whatIsRefusedDeletesNothing() {
        String own = operator.post("/api/v1/auth/keys/", Map.of("name", "mine"))
                .data()
                .path("key")
                .asString();

        assertThat(operator.patch(USERS + operatorsAccount.id(), "{\"is_active\": false, \"delete_keys\": true}")
                        .status())
                .isEqualTo(409);
        assertThat(operator.post(USERS + operatorsAccount.id() + "/reset-link/", "{\"delete_keys\": true}")
                        .status())
                .isEqualTo(409);

        assertThat(statusWith(own)).isEqualTo(200);
    }
}
