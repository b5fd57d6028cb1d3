package dev.parley.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.ApiTest;
import dev.parley.LiveClient;
import dev.parley.live.Incoming.Ask;
import dev.parley.settings.Secrets;
import dev.parley.shared.UserId;
import dev.parley.trust.Belongings;
import dev.parley.trust.Row;
import dev.parley.trust.Tokens;
import dev.parley.web.Caller;
import dev.parley.web.SessionEnded;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Every frame that a client may send against everybody who has no business with what it names.
///
/// **To add a frame, add a line.**
@ApiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrameMatrixTest {
    private static final List<Row> ROWS = Row.parse("""
            # who  type         its fields                                                            -> for those of others
            own    subscribe    {"chat_id": "{chat}"}
            own    subscribe    {"chat_id": "{chat}", "message_id": "{answer}", "after": 1}
            own    unsubscribe  {"chat_id": "{chat}"}
            own    send         {"chat_id": "{chat}", "content": "More"}
            own    send         {"chat_id": "{chat}", "content": "More", "parent_id": "{question}"} -> 422
            own    stop         {"message_id": "{answer}"}
            own    typing       {"chat_id": "{chat}"}
            own    auth         {"token": "{token}"} -> 403
            own    ping         {}
            """);

    private static final Map<Integer, String> CODES =
            Map.of(0, "NOT_FOUND", 404, "NOT_FOUND", 403, "FORBIDDEN", 422, "VALIDATION_ERROR");

    private final int port;
    private final Api anyone;
    private final Belongings victim;
    private final Belongings other;
    private final Belongings operator;
    private final LiveClient asOther;
    private final LiveClient asOperator;
    private final Tokens tokens;

    FrameMatrixTest(@LocalServerPort int port, @Autowired JdbcClient jdbc, @Autowired Secrets secrets) {
        this.port = port;
        anyone = new Api(port);
        victim = Belongings.of(port);
        other = Belongings.of(port);
        operator = Belongings.of(port);
        jdbc.sql("update account set is_staff = true where id = :id")
                .param("id", UUID.fromString(operator.account().id()))
                .update();
        asOther = LiveClient.of(port, other.account());
        asOperator = LiveClient.of(port, operator.account());
        tokens = new Tokens(anyone, victim.account(), secrets.jwtKey());
    }

    @AfterAll
    void close() {
        asOther.close();
        asOperator.close();
    }

    @Test
    void everyFrameIsInTheMatrix() {
        assertThat(ROWS.stream().map(Row::call))
                .as("add a line to ROWS for what is new")
                .containsOnly(Arrays.stream(Ask.values()).map(Ask::word).toArray(String[]::new));
    }

    @TestFactory
    Stream<DynamicTest> nobodyIsHeard() {
        return ROWS.stream()
                .map(row -> row.test(() -> {
                    String before = victim.everything();
                    for (String token :
                            List.of("", tokens.madeUp(), tokens.unsigned(), tokens.expired(), tokens.ended())) {
                        try (LiveClient client = LiveClient.of(port)) {
                            if (!token.isEmpty()) {
                                client.say(Map.of("type", "auth", "token", token));
                            }
                            // It may have been closed by now; what counts is what comes of it.
                            client.sayIfOpen(frame(row, ids(victim, token)));
                            assertThat(client.closed()).isEqualTo(4401);
                            assertThat(client.seen()).isEmpty();
                        }
                    }
                    assertThat(victim.everything()).isEqualTo(before);
                }));
    }

    @TestFactory
    Stream<DynamicTest> othersAreRefused() {
        return ROWS.stream()
                .map(row -> row.test(() -> {
                    String before = victim.everything();
                    refused(row, asOther, other);
                    refused(row, asOperator, operator);
                    assertThat(victim.everything()).isEqualTo(before);
                }));
    }

    private void refused(Row row, LiveClient client, Belongings caller) {
        for (List<String> foreign : row.mixtures()) {
            Map<String, String> mixed = ids(caller, caller.account().accessToken());
            Map<String, String> victims = ids(victim, victim.account().accessToken());
            foreign.forEach(name -> mixed.put(name, victims.get(name)));
            client.say(frame(row, mixed));
            JsonNode error = client.until(FrameMatrixTest::isError);
            int expected = foreign.contains("chat") ? 404 : row.stranger();
            assertThat(error.path("code").asString())
                    .as("%s of others: %s", foreign, error)
                    .isEqualTo(CODES.get(expected));
            assertThat(error.path("reply_to").asString()).isEqualTo(row.call());
        }
        victim.assertNothingIn(client.seen().toString());
    }

    @TestFactory
    Stream<DynamicTest> everyOwnerIsHeard() {
        return ROWS.stream()
                .map(row -> row.test(() -> {
                    try (LiveClient client = LiveClient.of(port, other.account())) {
                        client.say(frame(row, ids(other, other.account().accessToken())));
                        assertThat(client.heardBeforeAnAnswer()).noneMatch(FrameMatrixTest::isError);
                    }
                }));
    }

    /// Between the look at a session and the moment at which its connection is known, the session can end.
    @Test
    void whoseSessionHasJustEndedIsNotLetIn(@Autowired Connections connections) {
        UserId user = new UserId(UUID.fromString(other.account().id()));
        UUID session = UUID.randomUUID();
        connections.dismiss(new SessionEnded(session));
        PretendedLine line = new PretendedLine();

        Connection late = connections.open("late", line, Entry.of(new Caller(user, session)));

        assertThat(line.closing()).isEqualTo(Closing.SESSION_ENDED);
        late.hasGone();
    }

    @Test
    void whoseSessionEndsIsLetGo() {
        Api.Account device = anyone.login(other.account().email());
        try (LiveClient client = LiveClient.of(port, device)) {
            anyone.as(device).post("/api/v1/auth/logout");
            assertThat(client.closed()).isEqualTo(4401);
        }
    }

    @Test
    void whatChangesIsToldToItsOwnerAlone() {
        try (LiveClient owner = LiveClient.of(port, victim.account())) {
            victim.api().patch("/api/v1/chats/" + victim.id("untitled"), Map.of("is_pinned", true));
            owner.until("chat.updated");
            assertThat(victim.isIn(victim.everything())).isTrue();
            for (LiveClient client : List.of(asOther, asOperator)) {
                assertThat(client.heardBeforeAnAnswer().toString())
                        .doesNotContain(victim.id("untitled").toString());
            }
        }
    }

    private static boolean isError(JsonNode frame) {
        return frame.path("type").asString().equals("error");
    }

    private static Map<String, String> ids(Belongings of, String token) {
        Map<String, String> ids = new HashMap<>(of.ids());
        ids.put("token", token);
        return ids;
    }

    private static String frame(Row row, Map<String, String> ids) {
        String fields = Row.filled(row.text(), ids).substring(1);
        return "{\"type\": \"" + row.call() + "\"" + (fields.equals("}") ? "" : ", ") + fields;
    }
}
