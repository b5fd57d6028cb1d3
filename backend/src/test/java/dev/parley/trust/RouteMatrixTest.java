package dev.parley.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.ApiTest;
import dev.parley.database.TestDatabase;
import dev.parley.settings.Secrets;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/// Every route against everybody who has no business there: nobody, a page elsewhere, a session that has ended, tokens
/// that have expired or were made up, another person and an operator; with every mixture of their own ids and those of
/// somebody else. And its owner, so that a route that refuses all is no success.
///
/// **To add a route, add a line.** To name a new kind of thing, add it to [Belongings].
@ApiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteMatrixTest {
    private static final List<Row> ROWS = Row.parse("""
            # who    call         address, body                                                     -> for names of others
            anyone   POST         /api/v1/auth/register       {"email": "new-{email}", "password": "a long enough one"}
            anyone   POST         /api/v1/auth/login          {"email": "{email}", "password": "seven green bottles"}
            anyone   POST         /api/v1/auth/refresh        {"refresh_token": "{refresh}"}
            anyone   POST         /api/v1/auth/login/second-factor {"challenge": "none", "code": "123456"} -> 401
            anyone   GET          /api/v1/auth/entrance
            anyone   POST         /api/v1/auth/login/passkey/options
            anyone   POST         /api/v1/auth/login/passkey  {"id": "none"} -> 401
            anyone   POST         /api/v1/auth/oidc           {"next": "/chat"}
            anyone   POST         /api/v1/auth/oidc/complete  {"state": "none", "code": "none"} -> 401
            anyone   POST         /api/v1/auth/password/forgotten {"email": "{email}"}
            anyone   POST         /api/v1/auth/password/reset {"token": "none", "new_password": "eight brown bottles"} -> 401
            own      GET          /api/v1/auth/ways-in
            own      DELETE       /api/v1/auth/identities/{identity}
            own      POST         /api/v1/auth/passkeys/options {"password": "seven green bottles"}
            own      POST         /api/v1/auth/passkeys       {"name": "A phone"} -> 401
            own      DELETE       /api/v1/auth/passkeys/{passkey}
            own      GET          /api/v1/auth/keys
            own      POST         /api/v1/auth/keys           {"name": "Another"}
            own      DELETE       /api/v1/auth/keys/{key}
            own      GET          /api/v1/auth/second-factor
            own      POST         /api/v1/auth/second-factor  {"password": "seven green bottles"}
            own      DELETE       /api/v1/auth/second-factor  {"password": "seven green bottles", "code": "123456"} -> 409
            own      POST         /api/v1/auth/second-factor/confirm {"code": "123456"} -> 409
            own      POST         /api/v1/auth/second-factor/recovery-codes {"password": "seven green bottles", "code": "123456"} -> 409
            own      POST         /api/v1/auth/logout
            own      GET          /api/v1/auth/me
            own      POST         /api/v1/auth/password       {"current_password": "seven green bottles", "new_password": "eight brown bottles"}
            own      GET          /api/v1/auth/sessions
            own      DELETE       /api/v1/auth/sessions
            own      DELETE       /api/v1/auth/sessions/{session}

            own      GET          /api/v1/users/profile
            own      PUT          /api/v1/users/profile       {"first_name": "Somebody"}
            own      PATCH        /api/v1/users/profile       {"first_name": "Somebody"}
            own      DELETE       /api/v1/users/profile       {"password": "seven green bottles"}
            own      GET          /api/v1/users/profile/export

            own      GET          /api/v1/users/usage

            own      GET          /api/v1/chats
            own      GET          /api/v1/chats?q=secret
            own      POST         /api/v1/chats               {"title": "A new one", "client_id": "{client}"} -> 201
            own      GET          /api/v1/chats/{chat}
            own      PUT          /api/v1/chats/{chat}        {"title": "Renamed"}
            own      PATCH        /api/v1/chats/{chat}        {"title": "Renamed"}
            own      DELETE       /api/v1/chats/{chat}
            own      POST         /api/v1/chats/{deleted}/restore
            own      POST         /api/v1/chats/{chat}/fork   {"message_id": "{answer}"}
            own      GET          /api/v1/chats/export
            own      GET          /api/v1/chats/{chat}/export
            own      GET          /api/v1/chats/{chat}/export?format=json
            own      PUT          /api/v1/chats/{chat}/current {"message_id": "{question}"}

            own      GET          /api/v1/chats/{chat}/messages
            own      GET          /api/v1/chats/{chat}/messages?branch=all
            own      GET          /api/v1/chats/{chat}/messages?around={question}
            own      GET          /api/v1/chats/{chat}/messages?cursor={cursor} -> 200
            own      POST         /api/v1/chats/{chat}/messages {"content": "More"}
            own      POST         /api/v1/chats/{chat}/messages {"content": "More", "parent_id": "{answer}"} -> 422
            own      POST         /api/v1/chats/{chat}/messages {"content": "One", "parent_id": null, "client_id": "{sent}"} -> 201
            own      POST+events  /api/v1/chats/{chat}/messages {"content": "More", "parent_id": "{answer}"} -> 422
            own      POST         /api/v1/chats/{chat}/messages/{answer}/regenerate
            own      POST+events  /api/v1/chats/{chat}/messages/{question}/regenerate
            own      GET          /api/v1/chats/{chat}/messages/{answer}/stream
            own      POST         /api/v1/chats/{chat}/messages/{answer}/stop
            own      PUT          /api/v1/chats/{chat}/messages/{answer}/feedback {"rating": "up"}
            own      DELETE       /api/v1/chats/{chat}/messages/{answer}

            own      GET          /api/v1/imports
            own      POST         /api/v1/imports             {"file": "no form"} -> 415
            own      GET          /api/v1/imports/{import}

            own      GET          /api/v1/memories
            own      GET          /api/v1/memories?q=tea
            own      GET          /api/v1/memories/profile
            own      POST         /api/v1/memories            {"content": "Likes coffee"}
            own      DELETE       /api/v1/memories
            own      POST         /api/v1/memories/import     {"memories": [{"memory": "Likes milk"}]}
            own      GET          /api/v1/memories/{memory}
            own      PATCH        /api/v1/memories/{memory}   {"pinned": true}
            own      DELETE       /api/v1/memories/{memory}
            own      GET          /api/v1/memories/{memory}/history

            # Operators look after everybody; what they name is nobody's own.
            staff    GET          /api/v1/admin/users
            staff    GET          /api/v1/admin/users/{account}
            staff    PATCH        /api/v1/admin/users/{account} {"is_active": true}
            staff    POST         /api/v1/admin/users/{account}/sign-out
            staff    POST         /api/v1/admin/users/{account}/reset-link
            staff    POST         /api/v1/admin/users/{account}/void-ways-in
            staff    GET          /api/v1/admin/users/{account}/quota
            staff    PUT          /api/v1/admin/users/{account}/quota {"day_tokens": 1000000}
            staff    DELETE       /api/v1/admin/users/{account}/quota
            staff    GET          /api/v1/admin/users/{account}/chats
            staff    GET          /api/v1/admin/chats/{chat}
            staff    GET          /api/v1/admin/chats/{chat}/messages
            staff    GET          /api/v1/admin/overview
            staff    GET          /api/v1/admin/jobs
            staff    GET          /api/v1/admin/jobs/failures
            staff    POST         /api/v1/admin/jobs/failures/{account}/retry -> 404
            staff    DELETE       /api/v1/admin/jobs/failures/{account} -> 404
            staff    GET          /api/v1/admin/audit
            staff    GET          /api/v1/admin/audit/export

            key      GET          /v1/models
            key      GET          /v1/models/{model}
            key      POST         /v1/chat/completions        {"model": "echo", "messages": [{"role": "user", "content": "Hello"}]}
            key      POST         /v1/embeddings              {"model": "meaning", "input": "Hello"}
            staff    GET          /api/v1/admin/providers
            staff    POST         /api/v1/admin/providers {"name": "{account}"} -> 422
            staff    PUT          /api/v1/admin/providers/{account} {"dialect": "openai", "url": "http://h"} -> 404
            staff    PATCH        /api/v1/admin/providers/{account} {"enabled": true} -> 404
            staff    DELETE       /api/v1/admin/providers/{account} -> 404
            staff    POST         /api/v1/admin/providers/{account}/test -> 404
            staff    GET          /api/v1/admin/models
            staff    PUT          /api/v1/admin/models {"id": "{account}"} -> 404
            staff    GET          /api/v1/admin/settings
            staff    PUT          /api/v1/admin/settings/{account} {"value": "1"} -> 404
            staff    DELETE       /api/v1/admin/settings/{account} -> 404

            own      GET          /api/v1/models
            anyone   GET          /api/v1/docs
            anyone   GET          /api/v1/openapi.json
            anyone   GET          /health
            anyone   GET          /health/live
            anyone   GET          /health/ready
            """);

    /// Pages and files, the same for everybody; the WebSocket has a matrix of its own.
    private static final List<String> NO_DATA = List.of(
            "GET /",
            "GET /login",
            "GET /login/callback",
            "GET /register",
            "GET /forgot-password",
            "GET /reset-password",
            "GET /chat",
            "GET /chat/{}",
            "GET /memory",
            "GET /settings",
            "GET /settings/{}",
            "GET /admin",
            "GET /admin/{}",
            "GET /docs",
            "GET /docs/{}",
            "GET /manifest.webmanifest",
            "GET /ws",
            "ANY /error");

    /// What is answered has nothing of what a person wrote, or has it packed.
    private static final List<String> WORDLESS = List.of(
            "/api/v1/models",
            "/api/v1/auth/sessions",
            "/api/v1/auth/second-factor",
            "/api/v1/memories/profile",
            "/api/v1/chats/export",
            "/api/v1/users/usage",
            "/api/v1/imports");

    /// Where a name that is not one's own is as good as none: it makes something new.
    private static final List<String> FREE = List.of("client", "sent", "cursor");

    /// What a person's own name is shown.
    private static final String OWN = "owner_id = parley_user()";

    private static final String ELSEWHERE = "https://elsewhere.example.org";

    private final int port;
    private final List<RequestMappingInfoHandlerMapping> mappings;
    private final JdbcClient jdbc;

    private final Api anyone;
    private final Belongings victim;
    private final Belongings owner;
    private final Belongings other;
    private final Belongings operator;
    private final Tokens tokens;

    RouteMatrixTest(
            @LocalServerPort int port,
            @Autowired List<RequestMappingInfoHandlerMapping> mappings,
            @Autowired JdbcClient jdbc,
            @Autowired Secrets secrets) {
        this.port = port;
        this.mappings = mappings;
        this.jdbc = jdbc;
        anyone = new Api(port);
        victim = Belongings.of(port);
        owner = Belongings.of(port);
        other = Belongings.of(port);
        operator = operator();
        tokens = new Tokens(anyone, victim.account(), secrets.jwtKey());
    }

    private Belongings operator() {
        Belongings person = Belongings.of(port);
        jdbc.sql("update account set is_staff = true where id = :id")
                .param("id", UUID.fromString(person.account().id()))
                .update();
        return person;
    }

    @Test
    void everyRouteIsInTheMatrix() {
        Set<String> routes = mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
                // The schema's own address exists in tests alone.
                .filter(route -> !route.getValue().getBeanType().getName().startsWith("org.springdoc."))
                .flatMap(route -> keys(route.getKey()))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> rows = ROWS.stream().map(Row::key).collect(Collectors.toCollection(TreeSet::new));
        rows.addAll(NO_DATA);
        assertThat(routes)
                .as("add a line to ROWS for what is new, and take out what is gone")
                .isEqualTo(rows);
    }

    private static Stream<String> keys(RequestMappingInfo route) {
        boolean stream = route.getProducesCondition().getProducibleMediaTypes().contains(MediaType.TEXT_EVENT_STREAM);
        Set<RequestMethod> methods = route.getMethodsCondition().getMethods();
        return route.getPatternValues().stream()
                .flatMap(path -> methods.isEmpty()
                        ? Stream.of(Row.key("ANY", path, stream))
                        : methods.stream().map(method -> Row.key(method.name(), path, stream)));
    }

    /// Filters may answer by themselves, and no controller would show it.
    @Test
    void nothingInFrontOfTheControllersAnswersUnseen(@Autowired List<SecurityFilterChain> chains) {
        assertThat(chains.stream().flatMap(chain -> chain.getFilters().stream()))
                .extracting(filter -> filter.getClass().getSimpleName())
                .as("a filter that answers has addresses: give each a line in ROWS, then name the filter here")
                .containsOnly(
                        "DisableEncodeUrlFilter",
                        "WebAsyncManagerIntegrationFilter",
                        "SecurityContextHolderFilter",
                        "CorsFilter",
                        "SignInFilter",
                        "OriginFilter",
                        "SecurityContextHolderAwareRequestFilter",
                        "AnonymousAuthenticationFilter",
                        "RequestLimitFilter",
                        "SessionManagementFilter",
                        "ExceptionTranslationFilter",
                        "AuthorizationFilter");
    }

    @TestFactory
    Stream<DynamicTest> everyRowHolds() {
        return ROWS.stream().map(row -> row.test(() -> holds(row)));
    }

    private void holds(Row row) {
        String before = victim.everything();
        if (row.isPublic()) {
            servesAnyone(row);
        } else if (row.isPrograms()) {
            servesProgramsAlone(row);
        } else {
            refusesNobody(row);
            if (row.isOperators()) {
                servesOperatorsAlone(row);
            } else if (row.slots().isEmpty()) {
                tellsOnlyOfTheCaller(row);
            } else {
                refusesOthers(row, other);
                refusesOthers(row, operator);
            }
        }
        assertThat(victim.everything())
                .as("what somebody owns, after others tried")
                .isEqualTo(before);
    }

    private void servesAnyone(Row row) {
        Map<String, String> ids = Belongings.of(port).ids();
        Api.Answer answer = ask(anyone, row, ids);
        assertServed(row, answer);
        victim.assertNothingIn(answer.response().body());
    }

    private void servesOperatorsAlone(Row row) {
        Api.Answer refused = ask(other.api(), row, victim.ids());
        refused(refused, 403, "FORBIDDEN");
        victim.assertNothingIn(refused.response().body());
        assertServed(row, ask(operator.api(), row, Belongings.of(port).ids()));
    }

    /// OpenAI's clients know no envelope.
    private void servesProgramsAlone(Row row) {
        Map<String, String> ids = Map.of("model", "echo");
        for (Api refused : List.of(anyone, bearing(tokens.madeUp()), bearing(tokens.expired()), victim.api())) {
            Api.Answer answer = ask(refused, row, ids);
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("invalid_api_key");
            victim.assertNothingIn(answer.response().body());
        }
        Api.Answer made = other.api().post("/api/v1/auth/keys", Map.of("name", "a program"));
        Api.Answer answer = ask(bearing(made.data().path("key").asString()), row, ids);
        assertServed(row, answer);
        victim.assertNothingIn(answer.response().body());
    }

    /// With the right ids all the same.
    private void refusesNobody(Row row) {
        Map<String, String> ids = victim.ids();
        refused(ask(anyone, row, ids), 401, "UNAUTHENTICATED");
        refused(ask(bearing(tokens.madeUp()), row, ids), 401, "UNAUTHENTICATED");
        refused(ask(bearing(tokens.unsigned()), row, ids), 401, "UNAUTHENTICATED");
        refused(ask(bearing(tokens.expired()), row, ids), 401, "TOKEN_EXPIRED");
        refused(ask(bearing(tokens.ended()), row, ids), 401, "TOKEN_REVOKED");
        Api page = anyone.with("Cookie", "parley_access=" + victim.account().accessToken())
                .with("Origin", ELSEWHERE);
        Api.Answer elsewhere = ask(page, row, ids);
        assertThat(elsewhere.header("Access-Control-Allow-Origin")).isEmpty();
        if (!row.method().equals("GET")) {
            refused(elsewhere, 403, "CSRF_REJECTED");
        }
    }

    private Api bearing(String token) {
        return anyone.with("Authorization", "Bearer " + token);
    }

    private static void refused(Api.Answer answer, int status, String code) {
        assertThat(answer.code()).as(answer.response().body()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        if (status == 401) {
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        }
    }

    /// Such a route names nothing, so that nothing of others can be asked for; it must not tell of them nevertheless.
    private void tellsOnlyOfTheCaller(Row row) {
        boolean reads = row.method().equals("GET");
        Belongings caller = reads ? operator : operator();
        Api.Answer answer = ask(caller.api(), row, caller.ids());
        assertServed(row, answer);
        victim.assertNothingIn(answer.response().body());
        if (reads && !WORDLESS.contains(row.address())) {
            assertThat(caller.isIn(answer.response().body()))
                    .as("its owner sees what is his: %s", answer.response().body())
                    .isTrue();
        }
    }

    /// Where the row has no names, its status is what everybody gets: a code, say, that no table can know.
    private static void assertServed(Row row, Api.Answer answer) {
        if (row.stranger() == 0) {
            assertThat(answer.status()).as(answer.response().body()).isBetween(200, 299);
        } else {
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(row.stranger());
        }
    }

    private void refusesOthers(Row row, Belongings caller) {
        for (List<String> foreign : row.mixtures()) {
            Map<String, String> ids = victim.mixedInto(caller, foreign);
            Api.Answer answer = ask(caller.api(), row, ids);
            String body = answer.response().body();
            boolean inAddress = foreign.stream().anyMatch(Row.slots(row.address())::contains);
            boolean free = FREE.containsAll(foreign);
            int expected = row.stranger() == 0 || (inAddress && !free) ? 404 : row.stranger();
            assertThat(answer.status()).as("%s of others: %s", foreign, body).isEqualTo(expected);
            victim.assertNothingIn(body);
            if (!free) {
                victim.assertNothingIn(body, Row.filled(row.text(), ids));
                foreign.forEach(name -> ids.put(name, UUID.randomUUID().toString()));
                Api.Answer unknown = ask(caller.api(), row, ids);
                assertThat(unknown.status())
                        .as("%s that exist nowhere", foreign)
                        .isEqualTo(answer.status());
                assertThat(unknown.body().path("error")).isEqualTo(answer.body().path("error"));
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> everyOwnerIsServed() {
        return ROWS.stream()
                .filter(row -> !row.isPublic()
                        && !row.isOperators()
                        && !row.isPrograms()
                        && !row.slots().isEmpty())
                .map(row -> row.test(() -> {
                    Belongings fresh = owner.again();
                    Api.Answer answer = ask(fresh.api(), row, fresh.ids());
                    assertThat(answer.status()).as(answer.response().body()).isBetween(200, 299);
                }));
    }

    /// The second wall: with a rule that hides somebody's things in their own name, and in no other, a route that finds
    /// them all the same has not worked in its caller's name.
    @Test
    void everyRouteWorksInItsCallersName(@Value("${parley.database.url}") String url) {
        Belongings hidden = Belongings.of(port);
        JdbcClient tables = TestDatabase.owner(url);
        SoftAssertions answers = new SoftAssertions();
        try {
            rule(
                    tables,
                    OWN + " and owner_id <> '%s'".formatted(hidden.account().id()));
            for (Row row : ROWS) {
                boolean names = Row.slots(row.address()).stream().anyMatch(slot -> !FREE.contains(slot));
                if (names && !row.isPublic() && !row.isOperators() && !row.isPrograms()) {
                    Api.Answer answer = ask(hidden.api(), row, hidden.ids());
                    answers.assertThat(answer.status()).as(row.toString()).isEqualTo(404);
                }
            }
        } finally {
            rule(tables, OWN);
        }
        answers.assertAll();
    }

    private static void rule(JdbcClient tables, String shown) {
        List<String> owned = tables.sql("""
                        select cast(c.oid as regclass)
                          from pg_policy p
                          join pg_class c on c.oid = p.polrelid
                          join pg_attribute a on a.attrelid = c.oid and a.attname = 'owner_id'
                         where p.polname = 'own'
                        """).query(String.class).list();
        assertThat(owned).contains("chat", "message", "memory", "api_key", "session");
        owned.forEach(table -> tables.sql("alter policy own on %s using (%s)".formatted(table, shown))
                .update());
    }

    private static Api.Answer ask(Api api, Row row, Map<String, String> ids) {
        try {
            return askOnce(api, row, ids);
        } catch (UncheckedIOException e) {
            // A refusal that came before the body closes its connection, which is noticed by whoever takes it next.
            return askOnce(api, row, ids);
        }
    }

    private static Api.Answer askOnce(Api api, Row row, Map<String, String> ids) {
        Api as = row.isStream() ? api.with("Accept", "text/event-stream") : api;
        String address = Row.filled(row.address(), ids);
        String body = Row.filled(row.body(), ids);
        return body.isEmpty()
                ? as.send(row.method(), address, BodyPublishers.noBody())
                : as.with("Content-Type", "application/json")
                        .send(row.method(), address, BodyPublishers.ofString(body));
    }
}
