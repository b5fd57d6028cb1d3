package dev.parley.auth;

import static dev.parley.Api.PASSWORD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.Api.Account;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import dev.parley.Authenticator;
import dev.parley.IdentityProvider.Person;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Requests that were let in before everything was voided, and say afterwards what they want.
@ApiTest
class LateRequestTest {
    private static final String KEYS = "/api/v1/auth/keys";
    private static final String PASSKEYS = "/api/v1/auth/passkeys";
    private static final String FACTOR = "/api/v1/auth/second-factor";

    private final int port;
    private final Api api;
    private final JdbcClient jdbc;
    private final NewAccounts newAccounts;

    LateRequestTest(@LocalServerPort int port, @Autowired JdbcClient jdbc, @Autowired NewAccounts newAccounts) {
        this.port = port;
        api = new Api(port);
        this.jdbc = jdbc;
        this.newAccounts = newAccounts;
    }

    @Test
    void makesNoKey() throws IOException {
        Account account = api.register();
        try (Late late = new Late(account, KEYS, "", Map.of("name", "for later"))) {
            assertThat(api.enter(Person.of(account.email())).status()).isEqualTo(200);
            late.isRefused();
        }
        assertThat(rows("api_key", account)).isZero();
    }

    @Test
    void addsNoPasskey() throws IOException {
        Account account = api.register();
        Answer asked = api.as(account).post(PASSKEYS + "/options", Map.of("password", PASSWORD));
        String cookie = asked.cookie("parley_passkey").replaceFirst(";.*", "");
        Map<String, Object> made = new Authenticator(api.base()).create(asked.data(), "for later");
        try (Late late = new Late(account, PASSKEYS, "Cookie: " + cookie + "\r\n", made)) {
            assertThat(api.as(account).post("/api/v1/auth/logout").status()).isEqualTo(200);
            late.isRefused();
        }
        assertThat(rows("passkey", account)).isZero();
    }

    @Test
    void turnsNoSecondFactorOn() throws IOException {
        Account account = api.register();
        String secret = SecondFactorApiTest.prepared(api.as(account), PASSWORD);
        Map<String, String> code = Map.of("code", SecondFactorApiTest.codeOf(secret));
        try (Late late = new Late(account, FACTOR + "/confirm", "", code)) {
            assertThat(api.enter(Person.of(account.email())).status()).isEqualTo(200);
            late.isRefused();
        }
        assertThat(rows("second_factor where enabled_at is not null", account)).isZero();
    }

    @Test
    void makesNoLinkForWhoIsNoOperatorAnyMore() throws IOException {
        Account operator = operator();
        for (Map<String, Boolean> change : List.of(Map.of("is_staff", false), Map.of("is_active", false))) {
            Account dismissed = operator();
            Account account = api.register();
            String path = "/api/v1/admin/users/" + account.id() + "/reset-link";
            try (Late late = new Late(dismissed, path, "", Map.of("without_second_factor", true))) {
                assertThat(api.as(operator)
                                .patch("/api/v1/admin/users/" + dismissed.id(), change)
                                .status())
                        .isEqualTo(200);
                late.isRefused(change.containsKey("is_staff") ? 403 : 401);
            }
            assertThat(rows("password_reset", account)).isZero();
        }
    }

    @Test
    void saysNothingInAChat() throws IOException {
        Account account = api.register();
        String chat = api.as(account)
                .post("/api/v1/chats", Map.of())
                .data()
                .path("id")
                .asString();
        String path = "/api/v1/chats/" + chat + "/messages";
        try (Late late = new Late(account, path, "", Map.of("content", "Say again what I told you."))) {
            assertThat(api.as(account).post("/api/v1/auth/logout").status()).isEqualTo(200);
            late.isRefused();
        }
        assertThat(api.as(api.login(account.email())).get(path).data().path("items"))
                .isEmpty();
    }

    @Test
    void bringsNoChats() throws IOException {
        Account account = api.register();
        String form = "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"chats.json\"\r\n\r\n"
                + "[]\r\n--part--\r\n";
        try (Late late = new Late("POST", account, "/api/v1/imports", "multipart/form-data; boundary=part", "", form)) {
            assertThat(api.as(account).post("/api/v1/auth/logout").status()).isEqualTo(200);
            late.isRefused();
        }
        assertThat(api.as(api.login(account.email()))
                        .get("/api/v1/imports")
                        .data()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void asksNoModelWithAKeyThatIsGone() throws IOException {
        Account account = api.register();
        Answer made = api.as(account).post(KEYS, Map.of("name", "a program"));
        Account program = new Account(
                account.id(), account.email(), made.data().path("key").asString(), "");
        Map<String, Object> question =
                Map.of("model", "echo", "messages", List.of(Map.of("role", "user", "content", "Hello")));
        try (Late late = new Late(program, "/v1/chat/completions", "", question)) {
            String key = KEYS + "/" + made.data().path("id").asString();
            assertThat(api.as(account).delete(key).status()).isEqualTo(200);
            late.isRefused();
        }
    }

    @Test
    void makesNobodyAnOperator() throws IOException {
        Account accomplice = api.register();
        String path = "/api/v1/admin/users/" + accomplice.id();
        Account robbed = operator();
        Account dismissed = operator();
        String wish = "{\"is_staff\": true}";
        try (Late first = new Late("PATCH", robbed, path, Late.JSON, "", wish);
                Late second = new Late("PATCH", dismissed, path, Late.JSON, "", wish)) {
            assertThat(api.as(robbed).post("/api/v1/auth/logout").status()).isEqualTo(200);
            assertThat(api.as(operator())
                            .patch("/api/v1/admin/users/" + dismissed.id(), Map.of("is_staff", false))
                            .status())
                    .isEqualTo(200);
            first.isRefused();
            second.isRefused(403);
        }
        assertThat(api.as(accomplice)
                        .get("/api/v1/auth/me")
                        .data()
                        .path("is_staff")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void changesNoSettingForWhoIsNoOperatorAnyMore() throws IOException {
        Account dismissed = operator();
        String path = "/api/v1/admin/settings/PARLEY_REGISTRATION";
        try (Late late = new Late("PUT", dismissed, path, Late.JSON, "", "{\"value\": \"closed\"}")) {
            Api operator = api.as(operator());
            assertThat(operator.patch("/api/v1/admin/users/" + dismissed.id(), Map.of("is_staff", false))
                            .status())
                    .isEqualTo(200);
            late.isRefused(403);
        }
        api.register();
    }

    private Account operator() {
        String email = Api.freshEmail();
        newAccounts.superuser(email, PASSWORD);
        return api.login(email);
    }

    private long rows(String table, Account account) {
        return jdbc.sql("select count(*) from (select owner_id from %s) t where owner_id = :owner".formatted(table))
                .param("owner", UUID.fromString(account.id()))
                .query(Long.class)
                .single();
    }

    /// A request of which the server has begun to wait for the body, and so knows already who makes it.
    private final class Late implements AutoCloseable {
        private static final String JSON = "application/json";

        private final byte[] body;
        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        private final BufferedReader answers;

        Late(Account account, String path, String headers, Object body) throws IOException {
            this("POST", account, path, JSON, headers, new JsonMapper().writeValueAsString(body));
        }

        Late(String method, Account account, String path, String type, String headers, String body) throws IOException {
            this.body = body.getBytes(UTF_8);
            socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
            answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            send("""
                    %s %s HTTP/1.1
                    Host: localhost:%d
                    Authorization: Bearer %s
                    Content-Type: %s
                    Content-Length: %d
                    Expect: 100-continue
                    """.formatted(method, path, port, account.accessToken(), type, this.body.length)
                            .replace("\n", "\r\n")
                    + headers
                    + "\r\n");
            assertThat(answers.readLine()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(answers.readLine()).isEmpty();
        }

        void isRefused() throws IOException {
            isRefused(401);
        }

        void isRefused(int status) throws IOException {
            send(new String(body, UTF_8));
            assertThat(answers.readLine()).startsWith("HTTP/1.1 " + status + " ");
        }

        private void send(String text) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(UTF_8));
            out.flush();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
