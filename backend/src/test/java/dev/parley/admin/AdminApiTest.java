package dev.parley.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.Api;
import dev.parley.Api.Account;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import dev.parley.auth.NewAccounts;
import dev.parley.auth.ResetLinks;
import java.net.URLEncoder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ApiTest
class AdminApiTest {
    private static final String USERS = "/api/v1/admin/users/";
    private static final String AUDIT = "/api/v1/admin/audit/";
    private static final String JOBS = "/api/v1/admin/jobs/";

    private final Api api;
    private final NewAccounts newAccounts;
    private final ResetLinks links;
    private final JdbcClient jdbc;

    AdminApiTest(
            @LocalServerPort int port,
            @Autowired NewAccounts newAccounts,
            @Autowired ResetLinks links,
            @Autowired JdbcClient jdbc) {
        api = new Api(port);
        this.links = links;
        this.newAccounts = newAccounts;
        this.jdbc = jdbc;
    }

    private Account operator() {
        String email = Api.freshEmail();
        newAccounts.superuser(email, Api.PASSWORD);
        return api.login(email);
    }

    @Test
    void nobodyElsePasses() {
        Account person = api.register();
        String somebody = USERS + person.id() + "/";
        for (String path :
                List.of(USERS, somebody, AUDIT, AUDIT + "export/", JOBS, JOBS + "failures/", "/api/v1/admin/x")) {
            assertThat(api.get(path).status()).as(path).isEqualTo(401);
            Answer refused = api.as(person).get(path);
            assertThat(refused.status()).as(path).isEqualTo(403);
            assertThat(refused.code()).as(path).isEqualTo("FORBIDDEN");
        }
        assertThat(api.as(person).patch(somebody, "{\"is_staff\": true}").status())
                .isEqualTo(403);
        assertThat(api.as(person).post(somebody + "sign-out/").status()).isEqualTo(403);
    }

    @Test
    void howTheAddressIsWrittenChangesNothing() {
        Account person = api.register();
        Answer changed = api.as(operator()).patch("/api/v1/%61dmin/users/" + person.id(), "{\"is_staff\": false}");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.data().path("email").asString()).isEqualTo(person.email());
        assertThat(api.as(person).get("/api/v1/%61dmin/users/").status()).isEqualTo(403);
    }

    @Test
    void whatIsTakenAwayIsGoneWithTheNextRequest() {
        Account first = operator();
        Account second = operator();
        assertThat(api.as(second).get(USERS).status()).isEqualTo(200);

        Answer changed = api.as(first).patch(USERS + second.id(), "{\"is_staff\": false}");

        assertThat(changed.data().path("is_staff").asBoolean()).isFalse();
        assertThat(api.as(second).get(USERS).status()).isEqualTo(403);
        assertThat(api.as(second).get("/api/v1/auth/me").status()).isEqualTo(200);
    }

    @Test
    void anyPartOfAnEmailOrANameFindsThem() {
        Account person = api.register();
        String name = "Zoë%" + UUID.randomUUID().toString().substring(0, 8);
        api.as(person).patch("/api/v1/users/profile/", Map.of("first_name", name));
        Api operator = api.as(operator());

        assertThat(found(operator, person.email().substring(5, 30).toUpperCase(Locale.ROOT)))
                .containsExactly(person.id());
        assertThat(found(operator, name.toLowerCase(Locale.ROOT))).containsExactly(person.id());
        assertThat(found(operator, name.replace('%', '_'))).isEmpty();
    }

    private static List<String> found(Api operator, String text) {
        return operator.get(USERS + "?q=" + URLEncoder.encode(text, UTF_8))
                .data()
                .path("items")
                .valueStream()
                .map(item -> item.path("id").asString())
                .toList();
    }

    @Test
    void aListSaysHowMuchSomebodyHasAndPagesWithoutGaps() {
        Account person = api.register();
        api.as(person).post("/api/v1/chats/", Map.of("title", "One"));
        api.as(person).post("/api/v1/chats/", Map.of("title", "Two"));
        Account other = api.register();
        Api operator = api.as(operator());

        JsonNode one = operator.get(USERS + person.id()).data();
        assertThat(one.path("chat_count").asLong()).isEqualTo(2);
        assertThat(one.path("message_count").asLong()).isZero();
        assertThat(one.has("password")).isFalse();

        JsonNode page = operator.get(USERS + "?limit=2").data();
        assertThat(page.path("items").size()).isEqualTo(2);
        JsonNode next = operator.get(
                        USERS + "?limit=1&cursor=" + page.path("next_cursor").asString())
                .data();
        assertThat(next.path("items").get(0).path("date_joined").asString())
                .isLessThanOrEqualTo(
                        page.path("items").get(1).path("date_joined").asString());
        assertThat(operator.get(USERS + "?cursor=nonsense").status()).isEqualTo(400);
        assertThat(operator.get(USERS + "?is_staff=false&q=" + other.email())
                        .data()
                        .path("items")
                        .size())
                .isEqualTo(1);
        assertThat(operator.get(USERS + "?is_staff=true&q=" + other.email())
                        .data()
                        .path("items")
                        .size())
                .isZero();
        assertThat(operator.get(USERS + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void whoIsDisabledIsSignedOutAndCanComeBackOnceEnabled() {
        Account person = api.register();
        Api operator = api.as(operator());

        assertThat(operator.patch(USERS + person.id(), "{\"is_active\": false}")
                        .data()
                        .path("is_active")
                        .asBoolean())
                .isFalse();

        assertThat(api.as(person).get("/api/v1/auth/me").status()).isEqualTo(401);
        Map<String, String> credentials = Map.of("email", person.email(), "password", Api.PASSWORD);
        assertThat(api.post("/api/v1/auth/login", credentials).status()).isEqualTo(401);
        assertThat(operator.get(USERS + "?is_active=false&q=" + person.email())
                        .data()
                        .path("items")
                        .size())
                .isEqualTo(1);

        operator.patch(USERS + person.id(), "{\"is_active\": true}");
        api.login(person.email());
    }

    @Test
    void whoIsSignedOutEverywhereMaySignInAgain() {
        Account person = api.register();
        Account sameElsewhere = api.login(person.email());

        assertThat(api.as(operator()).post(USERS + person.id() + "/sign-out/").status())
                .isEqualTo(200);

        assertThat(api.as(person).get("/api/v1/auth/me").code()).isEqualTo("TOKEN_REVOKED");
        assertThat(api.as(sameElsewhere).get("/api/v1/auth/me").code()).isEqualTo("TOKEN_REVOKED");
        api.login(person.email());
    }

    @Test
    void nobodyLocksThemselvesOut() {
        Account operator = operator();

        assertThat(api.as(operator)
                        .patch(USERS + operator.id(), "{\"is_staff\": false}")
                        .code())
                .isEqualTo("CONFLICT");
        assertThat(api.as(operator)
                        .patch(USERS + operator.id(), "{\"is_active\": false}")
                        .code())
                .isEqualTo("CONFLICT");
    }

    @Test
    void ofTwoWhoTakeItFromEachOtherAtOnceOneStays() throws Exception {
        for (int round = 0; round < 5; round++) {
            Account first = operator();
            Account second = operator();
            CountDownLatch start = new CountDownLatch(1);
            try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Answer> one = both.submit(() -> {
                    start.await();
                    return api.as(first).patch(USERS + second.id(), "{\"is_staff\": false}");
                });
                Future<Answer> two = both.submit(() -> {
                    start.await();
                    return api.as(second).patch(USERS + first.id(), "{\"is_staff\": false}");
                });
                start.countDown();
                assertThat(List.of(one.get().status(), two.get().status())).containsExactlyInAnyOrder(200, 403);
            }
        }
    }

    @Test
    void whatIsDoneIsInTheAuditLogWithWhoDidIt() {
        Account operator = operator();
        Account person = api.register();
        Api asked = api.as(operator).with("X-Request-Id", "audit-test");
        asked.patch(USERS + person.id(), "{\"is_active\": false}");
        asked.patch(USERS + person.id(), "{\"is_active\": false}");

        JsonNode about = asked.get(AUDIT + "?about=" + person.id()).data().path("items");

        assertThat(about.valueStream().map(entry -> entry.path("action").asString()))
                .containsExactly("account.disabled", "session.begun", "account.created");
        JsonNode disabled = about.get(0);
        assertThat(disabled.path("actor").path("email").asString()).isEqualTo(operator.email());
        assertThat(disabled.path("about").path("email").asString()).isEqualTo(person.email());
        assertThat(disabled.path("request_id").asString()).isEqualTo("audit-test");
        assertThat(disabled.path("ip").asString()).startsWith("10.0.");
        assertThat(asked.get(AUDIT + "?action=account.disabled&actor=" + operator.id())
                        .data()
                        .path("items")
                        .size())
                .isEqualTo(1);
        assertThat(asked.get(AUDIT + "?about=" + person.id() + "&before=2020-01-01T00:00:00Z")
                        .data()
                        .path("items")
                        .size())
                .isZero();
        assertThat(asked.get(AUDIT + "?since=yesterday").status()).isEqualTo(400);
    }

    @Test
    void whatTheCommandLineDoesIsNobodysAndSaysHowFarItGoes() {
        Account operator = operator();
        links.make(operator.email(), true);

        JsonNode about =
                api.as(operator).get(AUDIT + "?about=" + operator.id()).data().path("items");

        assertThat(about.valueStream().map(entry -> entry.path("action").asString()))
                .containsExactly("password.link_made", "session.begun", "account.created");
        assertThat(about.get(0).path("actor").isNull()).isTrue();
        assertThat(about.get(0).path("details").path("without_second_factor").asString())
                .isEqualTo("true");
        assertThat(about.get(2).path("actor").isNull()).isTrue();
        assertThat(about.get(2).path("details").path("is_staff").asString()).isEqualTo("true");
    }

    @Test
    void theAuditLogIsExportedWholeAndKeepsWhatIsGoneAsAnId() {
        Account person = api.register();
        assertThat(api.as(person)
                        .delete("/api/v1/users/profile/", Map.of("password", Api.PASSWORD))
                        .status())
                .isEqualTo(200);

        Answer file = api.as(operator()).get(AUDIT + "export/?about=" + person.id());

        assertThat(file.header("Content-Disposition")).contains("parley-audit.jsonl");
        List<JsonNode> lines = file.response()
                .body()
                .lines()
                .map(line -> new JsonMapper().readTree(line))
                .toList();
        assertThat(lines.stream().map(line -> line.path("action").asString()))
                .containsExactly("account.deleted", "session.begun", "account.created");
        assertThat(lines.getFirst().path("about").path("email").isNull()).isTrue();
        assertThat(lines.stream().map(line -> line.path("ip").asString())).containsOnly("");
        assertThat(file.response().body()).doesNotContain(person.email());
    }

    @Test
    void whoTakesTheirDataAwayGetsWhatTheLogHasOfThem() {
        Account person = api.register();
        api.register();

        JsonNode audit =
                api.as(person).get("/api/v1/users/profile/export/").body().path("audit");

        assertThat(audit.valueStream().map(line -> line.path("action").asString()))
                .containsExactly("session.begun", "account.created");
        assertThat(audit.get(0).path("ip").asString()).startsWith("10.0.");
    }

    @Test
    void textThatNobodyCanHaveFindsNothingAndBreaksNothing() {
        Api operator = api.as(operator());

        assertThat(operator.get(USERS + "?q=a%00b").status()).isEqualTo(400);
        assertThat(operator.get(AUDIT + "?action=a%00b").status()).isEqualTo(400);
        assertThat(operator.get(AUDIT + "export/?action=%00").status()).isEqualTo(400);
        assertThat(operator.get(AUDIT + "?since=-999999999-01-01T00:00:00Z").status())
                .isEqualTo(400);
    }

    @Test
    void theAuditLogIsOnlyAddedTo() {
        api.register();

        assertThatThrownBy(() -> jdbc.sql("delete from audit_event").update()).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> jdbc.sql("update audit_event set action = ''").update())
                .isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> jdbc.sql("truncate audit_event").update()).isInstanceOf(DataAccessException.class);
    }

    @Test
    void whatWasGivenUpIsDoneAfterAllOrLeftUndone() {
        Api operator = api.as(operator());
        UUID again = failure();
        UUID left = failure();

        JsonNode kind = operator.get(JOBS)
                .data()
                .path("items")
                .valueStream()
                .filter(one -> one.path("name").asString().equals("remember"))
                .findFirst()
                .orElseThrow();
        assertThat(kind.path("failed").asLong()).isGreaterThanOrEqualTo(2);

        assertThat(operator.post(JOBS + "failures/" + again + "/retry/").status())
                .isEqualTo(200);
        assertThat(operator.post(JOBS + "failures/" + again + "/retry/").status())
                .isEqualTo(404);
        assertThat(operator.delete(JOBS + "failures/" + left).status()).isEqualTo(200);

        assertThat(operator.get(JOBS + "failures/?limit=100")
                        .data()
                        .path("items")
                        .valueStream()
                        .map(one -> one.path("id").asString()))
                .doesNotContain(again.toString(), left.toString());
        JsonNode noted =
                operator.get(AUDIT + "?about=" + again).data().path("items").get(0);
        assertThat(noted.path("action").asString()).isEqualTo("job.retried");
        assertThat(noted.path("details").propertyNames()).containsExactly("job");
    }

    /// Of work about something that there is not: done again, it does nothing.
    private UUID failure() {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                insert into job_failure (id, task, instance, reason, attempts, failed_at)
                values (:id, 'remember', :subject, 'It was said no.', 5, now())
                """)
                .param("id", id)
                .param("subject", UUID.randomUUID() + "/" + UUID.randomUUID())
                .update();
        return id;
    }
}
