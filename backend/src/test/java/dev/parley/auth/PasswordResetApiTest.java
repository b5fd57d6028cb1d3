package dev.parley.auth;

import static dev.parley.Api.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.Api;
import dev.parley.Api.Account;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import dev.parley.Authenticator;
import dev.parley.IdentityProvider.Person;
import dev.parley.MailServer;
import dev.parley.shared.ParleyException;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

@ApiTest
class PasswordResetApiTest {
    private static final String FORGOTTEN = "/api/v1/auth/password/forgotten/";
    private static final String RESET = "/api/v1/auth/password/reset/";
    private static final String NEW = "eight green bottles";

    private final Api api;
    private final JdbcClient jdbc;
    private final ResetLinks links;
    private final PasswordResets resets;
    private final ResetMail mail;
    private final SignInLimits limits;
    private final TransactionOperations transactions;

    PasswordResetApiTest(
            @LocalServerPort int port,
            @Autowired JdbcClient jdbc,
            @Autowired ResetLinks links,
            @Autowired PasswordResets resets,
            @Autowired ResetMail mail,
            @Autowired SignInLimits limits,
            @Autowired TransactionOperations transactions) {
        this.resets = resets;
        this.mail = mail;
        this.limits = limits;
        this.transactions = transactions;
        api = new Api(port);
        this.jdbc = jdbc;
        this.links = links;
    }

    @Test
    void aMailBringsALinkThatSetsANewPasswordOnceAndSignsEverybodyOut() throws Exception {
        Account account = api.register();
        api.as(account).patch("/api/v1/users/profile/", Map.of("preferences", Map.of("language", "de")));

        Answer asked = api.post(FORGOTTEN, Map.of("email", account.email().toUpperCase(Locale.ROOT)));

        assertThat(asked.status()).isEqualTo(200);
        MimeMessage mail = MailServer.mailTo(account.email());
        assertThat(mail.getSubject()).isEqualTo("Ein neues Passwort für Parley");
        assertThat(mail.getFrom()[0].toString()).isEqualTo("Parley <chat@example.org>");
        String token = tokenIn(MailServer.textOf(mail));
        assertThat(rowsWith(token)).isZero();

        assertThat(reset(token, "password").fields().has("new_password")).isTrue();
        assertThat(api.as(account).get("/api/v1/auth/me").status()).isEqualTo(200);
        assertThat(reset(token, NEW).status()).isEqualTo(200);

        assertThat(api.as(account).get("/api/v1/auth/me").code()).isEqualTo("TOKEN_REVOKED");
        assertThat(login(account.email(), PASSWORD).status()).isEqualTo(401);
        assertThat(login(account.email(), NEW).status()).isEqualTo(200);
        Answer again = reset(token, "nine green bottles");
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.code()).isEqualTo("TOKEN_EXPIRED");
    }

    @Test
    void aMailedLinkLeavesNoneOfTheWaysThatAStrangerMayHaveLeft() throws Exception {
        Account account = api.register();
        Authenticator device = new Authenticator(api.base());
        String key = waysIn(account, device, PASSWORD);

        Answer reset = resetByMail(account, NEW);

        assertThat(reset.data().path("passkeys_ended").asBoolean()).isTrue();
        assertThat(reset.data().path("keys_ended").asBoolean()).isTrue();
        assertThat(signIn(device).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(models(key)).isEqualTo(401);
        assertThat(notedByTheServer(account)).contains("account.ways_in_voided", "passkeys.removed", "keys.deleted");

        // From now on the email is known to be its owner's, who has made all that there is.
        String own = waysIn(Api.account(login(account.email(), NEW)), device, NEW);
        Answer again = resetByMail(account, "nine green bottles");
        assertThat(again.data().path("passkeys_ended").asBoolean()).isTrue();
        assertThat(again.data().path("keys_ended").asBoolean(true)).isFalse();
        assertThat(signIn(device).code()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(models(own)).isEqualTo(200);
        assertThat(api.enter(Person.of(account.email()))
                        .data()
                        .path("former_ways_ended")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void aMailedLinkTakesASecondFactorThatAStrangerMayHaveTurnedOnAndNoOther() throws Exception {
        Account account = api.register();
        SecondFactorApiTest.turnOn(api.as(account), PASSWORD);

        Answer first = resetByMail(account, NEW);
        assertThat(first.data().path("second_factor_ended").asBoolean()).isTrue();
        assertThat(first.data().path("second_factor_asked").asBoolean(true)).isFalse();
        Answer entered = login(account.email(), NEW);
        assertThat(entered.status()).isEqualTo(200);
        assertThat(notedByTheServer(account)).contains("second_factor.removed");

        SecondFactorApiTest.turnOn(api.as(Api.account(entered)), NEW);
        Answer second = resetByMail(account, "nine green bottles");
        assertThat(second.data().path("second_factor_ended").asBoolean(true)).isFalse();
        assertThat(second.data().path("second_factor_asked").asBoolean()).isTrue();
        assertThat(login(account.email(), "nine green bottles").code()).isEqualTo("SECOND_FACTOR_REQUIRED");
    }

    private List<String> notedByTheServer(Account account) {
        return jdbc.sql("select action from audit_event where about_id = :id and actor_id is null")
                .param("id", UUID.fromString(account.id()))
                .query((row, _) -> row.getString("action"))
                .list();
    }

    @Test
    void whoMadeALinkForSomebodyElseHasShownNoEmail() {
        Account account = api.register();
        Authenticator device = new Authenticator(api.base());
        String key = waysIn(account, device, PASSWORD);

        Answer reset = reset(tokenIn(links.make(account.email(), false)), NEW);

        assertThat(reset.data().path("passkeys_ended").asBoolean(true)).isFalse();
        assertThat(signIn(device).status()).isEqualTo(200);
        assertThat(models(key)).isEqualTo(200);
        assertThat(api.enter(Person.of(account.email()))
                        .data()
                        .path("former_ways_ended")
                        .asBoolean())
                .isTrue();
    }

    private Answer resetByMail(Account account, String password) {
        mail.run(account.id());
        return reset(
                tokenIn(MailServer.textOf(MailServer.mailsTo(account.email()).getLast())), password);
    }

    /// @return the secret of a key, beside a passkey of the device
    private String waysIn(Account account, Authenticator device, String password) {
        Api mine = api.as(account);
        assertThat(mine.addPasskey(device, "My phone", password).status()).isEqualTo(201);
        return mine.post("/api/v1/auth/keys/", Map.of("name", "a program"))
                .data()
                .path("key")
                .asString();
    }

    private Answer signIn(Authenticator device) {
        Answer asked = api.post("/api/v1/auth/login/passkey/options");
        return api.with("Cookie", asked.cookie("parley_passkey").replaceFirst(";.*", ""))
                .post("/api/v1/auth/login/passkey", device.get(asked.data()));
    }

    private int models(String key) {
        return api.with("Authorization", "Bearer " + key).get("/api/v1/models/").status();
    }

    @Test
    void askingTellsNothingOfWhoHasAnAccount() {
        String nobody = Api.freshEmail();
        Account somebody = api.register();

        Answer unknown = api.post(FORGOTTEN, Map.of("email", nobody));
        Answer known = api.post(FORGOTTEN, Map.of("email", somebody.email()));

        assertThat(unknown.status()).isEqualTo(known.status()).isEqualTo(200);
        assertThat(unknown.body()).isEqualTo(known.body());
        MailServer.mailTo(somebody.email());
        assertThat(MailServer.mailsTo(nobody)).isEmpty();
        assertThat(api.post(FORGOTTEN, Map.of("email", "no email")).fields().has("email"))
                .isTrue();
    }

    @Test
    void noAddressAsksForEver() {
        Map<String, String> wish = Map.of("email", Api.freshEmail());
        Answer last = api.post(FORGOTTEN, wish);
        for (int i = 0; i < 200 && last.status() == 200; i++) {
            last = api.post(FORGOTTEN, wish);
        }

        assertThat(last.code()).isEqualTo("RATE_LIMITED");
    }

    @Test
    void nobodysMailboxIsFlooded() {
        String flooded = Api.freshEmail();
        for (int i = 0; i < 3; i++) {
            assertThat(limits.mayMail(flooded)).isTrue();
        }

        assertThat(limits.mayMail(flooded)).isFalse();
        assertThat(limits.mayMail(Api.freshEmail())).isTrue();
    }

    @Test
    void whatIsAskedForWaitsWithoutTheEmailAndAlsoWhenNobodyHasIt() {
        for (String email : List.of(api.register().email(), Api.freshEmail())) {
            transactions.executeWithoutResult(attempt -> {
                attempt.setRollbackOnly();
                resets.ask(email, "192.0.2.77");
                assertThat(jdbc.sql(
                                        "select task_instance from scheduled_tasks where task_name = :job and xmin = pg_current_xact_id()::xid")
                                .param("job", ResetMail.NAME)
                                .query(String.class)
                                .list())
                        .singleElement()
                        .satisfies(
                                subject -> assertThat(UUID.fromString(subject)).isNotNull());
            });
        }
    }

    @Test
    void aSlowMailServerLeavesMostThreadsToOtherWork() {
        assertThat(mail.atOnce()).isLessThanOrEqualTo(2);
    }

    @Test
    void ofManyThatUseALinkAtOnceExactlyOneSetsThePassword() throws Exception {
        String token = tokenIn(links.make(api.register().email(), false));
        List<Future<Integer>> results = new ArrayList<>();
        try (ExecutorService all = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                String mine = "green bottles number " + i;
                results.add(all.submit(() -> reset(token, mine).status()));
            }
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> result : results) {
            statuses.add(result.get());
        }

        assertThat(statuses).containsExactlyInAnyOrder(200, 401, 401, 401);
    }

    @Test
    void aLinkIsOverAfterAnHourAndAfterTheNextPassword() {
        Account account = api.register();
        String old = tokenIn(links.make(account.email(), false));
        jdbc.sql("update password_reset set expires_at = expires_at - interval '1 hour' where owner_id = :owner")
                .param("owner", UUID.fromString(account.id()))
                .update();
        assertThat(reset(old, NEW).code()).isEqualTo("TOKEN_EXPIRED");

        String open = tokenIn(links.make(account.email(), false));
        assertThat(api.as(account)
                        .post("/api/v1/auth/password/", Map.of("current_password", PASSWORD, "new_password", NEW))
                        .status())
                .isEqualTo(200);
        assertThat(reset(open, "nine green bottles").code()).isEqualTo("TOKEN_EXPIRED");
        assertThat(reset("", NEW).code()).isEqualTo("TOKEN_EXPIRED");
        assertThat(api.post(RESET, Map.of("new_password", NEW)).code()).isEqualTo("TOKEN_EXPIRED");
    }

    @Test
    void theOperatorsLinkMayTakeTheSecondFactorAway() {
        Account account = api.register();
        SecondFactorApiTest.turnOn(api.as(account), PASSWORD);

        Answer kept = reset(tokenIn(links.make(account.email(), false)), NEW);
        assertThat(kept.data().path("second_factor_asked").asBoolean()).isTrue();
        assertThat(login(account.email(), NEW).code()).isEqualTo("SECOND_FACTOR_REQUIRED");

        String link = links.make(account.email(), true);
        assertThat(login(account.email(), NEW).code()).isEqualTo("SECOND_FACTOR_REQUIRED");
        Answer taken = reset(tokenIn(link), "nine green bottles");
        assertThat(taken.data().path("second_factor_ended").asBoolean()).isTrue();
        assertThat(taken.data().path("second_factor_asked").asBoolean(true)).isFalse();
        assertThat(login(account.email(), "nine green bottles").status()).isEqualTo(200);
        assertThatThrownBy(() -> links.make(Api.freshEmail(), false)).isInstanceOf(ParleyException.class);
    }

    @Test
    void whoIsNotSignedInIsToldWhatThereIs() {
        Answer entrance = api.get("/api/v1/auth/entrance/");

        assertThat(entrance.data().path("registration").asBoolean()).isTrue();
        assertThat(entrance.data().path("password_reset").asBoolean()).isTrue();
    }

    private Answer reset(String token, String password) {
        return api.post(RESET, Map.of("token", token, "new_password", password));
    }

    private Answer login(String email, String password) {
        return api.post("/api/v1/auth/login", Map.of("email", email, "password", password));
    }

    private static String tokenIn(String text) {
        String beginning = "https://chat.example.org/reset-password#";
        assertThat(text).contains(beginning);
        return text.substring(text.indexOf(beginning) + beginning.length())
                .lines()
                .findFirst()
                .orElseThrow();
    }

    private long rowsWith(String token) {
        return jdbc.sql("select count(*) from password_reset r where r::text like '%' || :token || '%'")
                .param("token", token)
                .query(Long.class)
                .single();
    }
}
