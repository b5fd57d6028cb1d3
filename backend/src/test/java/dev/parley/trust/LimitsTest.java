package dev.parley.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.ApiTest;
import dev.parley.LiveClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// What docs/use/security.md says is taken is taken, and one more is not.
@ApiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsTest {
    private static final Path TABLE = Path.of("../docs/use/security.md");

    private final int port;
    private final Api anyone;
    private final Api api;
    private final Belongings person;

    LimitsTest(@LocalServerPort int port) {
        this.port = port;
        anyone = new Api(port);
        person = Belongings.of(port);
        api = person.api();
    }

    /// @param what its line in the table, whose second cell begins with the number
    /// @param most that is taken
    /// @param refusal what one more gets
    /// @param ask with so much of it
    private record Limit(String what, int most, int refusal, IntFunction<Api.Answer> ask) {}

    private List<Limit> limits() {
        String chat = "/api/v1/chats/" + person.id("chat");
        String messages = chat + "/messages/";
        String rating = messages + person.id("answer") + "/feedback/";
        return List.of(
                new Limit("body", 2 << 20, 413, size -> json(chat, "PATCH", padded("{\"is_pinned\": false}", size))),
                new Limit("depth of a body", 500, 400, depth -> json(chat, "PATCH", nested(depth))),
                new Limit("items of a page", 100, 400, many -> api.get("/api/v1/chats?limit=" + many)),
                new Limit("message", 100_000, 422, length -> api.post(messages, Map.of("content", text(length)))),
                new Limit("title", 200, 422, length -> api.patch(chat, Map.of("title", text(length)))),
                new Limit("system prompt", 20_000, 422, length -> settings(chat, "system_prompt", text(length))),
                new Limit("name of a model", 200, 422, length -> settings(chat, "model", text(length))),
                new Limit("comment", 2_000, 422, length -> api.put(rating, Map.of("comment", text(length)))),
                new Limit(
                        "memory", 2_000, 422, length -> api.post("/api/v1/memories/", Map.of("content", text(length)))),
                new Limit(
                        "custom instructions",
                        4_000,
                        422,
                        length -> profile(Map.of("preferences", Map.of("custom_instructions", text(length))))),
                new Limit("name of a person", 150, 422, length -> profile(Map.of("first_name", text(length)))),
                new Limit("username", 30, 422, length -> profile(Map.of("username", unique(length)))),
                new Limit("email", 254, 422, length -> register(email(length), "a long enough one")),
                new Limit("password", 128, 422, length -> register(Api.freshEmail(), text(length))),
                new Limit(
                        "name of a key",
                        100,
                        422,
                        length -> api.post("/api/v1/auth/keys/", Map.of("name", text(length)))));
    }

    @TestFactory
    Stream<DynamicTest> asMuchIsTakenAndNoMore() {
        return limits().stream()
                .map(limit -> DynamicTest.dynamicTest(limit.what(), () -> {
                    Api.Answer within = limit.ask().apply(limit.most());
                    assertThat(within.status()).as(within.response().body()).isBetween(200, 299);
                    Api.Answer beyond = limit.ask().apply(limit.most() + 1);
                    assertThat(beyond.status()).as(beyond.response().body()).isEqualTo(limit.refusal());
                    assertThat(beyond.code()).isNotEmpty();
                }));
    }

    @Test
    void theTableSaysTheSame() throws IOException {
        String table = Files.readString(TABLE);
        for (Limit limit : limits()) {
            String number = limit.what().equals("body") ? "2 MiB" : "%,d".formatted(limit.most());
            assertThat(table)
                    .as("the line of %s in %s", limit.what(), TABLE)
                    .contains("| " + limit.what() + " | " + number);
        }
    }

    /// Nobody has a code of any such length; but one of 64 is looked at.
    @Test
    void aCodeIsLookedAtUpTo64Characters() throws IOException {
        assertThat(code(64).code()).isEqualTo("TOKEN_EXPIRED");
        assertThat(code(65).fields().propertyNames()).containsExactly("code");
        assertThat(Files.readString(TABLE)).contains("| code of a second factor | 64 characters | 422 |");
    }

    private Api.Answer code(int length) {
        return anyone.post(
                "/api/v1/auth/login/second-factor/", Map.of("challenge", "none", "code", "c".repeat(length)));
    }

    private Api.Answer json(String path, String method, String body) {
        return api.with("Content-Type", "application/json").send(method, path, BodyPublishers.ofString(body));
    }

    private Api.Answer settings(String chat, String field, String value) {
        return api.patch(chat, Map.of("settings", Map.of(field, value)));
    }

    private Api.Answer profile(Map<String, ?> change) {
        return api.patch("/api/v1/users/profile/", change);
    }

    private Api.Answer register(String email, String password) {
        return anyone.post("/api/v1/auth/register", Map.of("email", email, "password", password));
    }

    private static String text(int length) {
        return "ab c".repeat(length / 4 + 1).substring(0, length - 1) + "d";
    }

    private static String unique(int length) {
        return (UUID.randomUUID().toString().replace("-", "") + "x".repeat(length)).substring(0, length);
    }

    private static String email(int length) {
        String head = UUID.randomUUID() + "@";
        String end = ".example.org";
        StringBuilder domain = new StringBuilder();
        for (int left = length - head.length() - end.length(); left > 0; left--) {
            domain.append(domain.length() % 50 == 49 && left > 1 ? '.' : 'd');
        }
        return head + domain + end;
    }

    private static String padded(String body, int size) {
        return body + " ".repeat(size - body.length());
    }

    /// The outermost counts too.
    private static String nested(int depth) {
        return "{\"unknown\": " + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }

    @Test
    void aSearchLooksAtItsFirstWordsAlone() {
        assertThat(api.get("/api/v1/chats?q=" + "word%20".repeat(1_000)).status())
                .isEqualTo(200);
    }

    @Test
    void aFrameOfTheSocketIsTakenUpTo256KiB() {
        String ping = "{\"type\": \"ping\"}";
        try (LiveClient client = LiveClient.of(port, person.account())) {
            client.say(padded(ping, 256 << 10)).until("pong");
        }
        try (LiveClient client = LiveClient.of(port, person.account())) {
            client.sayIfOpen(padded(ping, (256 << 10) + 1));
            assertThat(client.closed()).isIn(1009, 1006);
        }
    }

    @Test
    void aFrameOfAnyDepthIsAnswered() {
        try (LiveClient client = LiveClient.of(port, person.account())) {
            JsonNode error = client.say("{\"type\": \"ping\", \"a\": " + "[".repeat(5_000) + "]".repeat(5_000) + "}")
                    .until("error");
            assertThat(error.path("code").asString()).isEqualTo("MALFORMED_REQUEST");
        }
    }

    /// Raw, as no library would send it.
    @Test
    void headersAreBounded() throws IOException {
        assertThat(raw("GET /health/ HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(6_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(raw("GET /health/ HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(9_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
        assertThat(raw("GET /" + "x".repeat(9_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 414");
        assertThat(raw("GET /health/ HTTP/1.1\r\nHost: localhost\r\n" + "X: y\r\n".repeat(3_000) + "\r\n"))
                .startsWith("HTTP/1.1 431");
    }

    @Test
    void whatIsNoRequestIsRefused() throws IOException {
        assertThat(raw("GET /health/ HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("GET /api/v1/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("\u0000\u0001\u0002 nonsense\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n"
                        + "Content-Length: 6\r\n\r\n{}"))
                .startsWith("HTTP/1.1 400");
    }

    /// Whoever sends his headers letter by letter holds no thread: hundreds of them keep nobody out.
    @Test
    void slowSendersKeepNobodyOut() throws IOException {
        Socket[] slow = new Socket[300];
        try {
            for (int i = 0; i < slow.length; i++) {
                slow[i] = new Socket(InetAddress.getLoopbackAddress(), port);
                slow[i].getOutputStream()
                        .write((i % 2 == 0
                                        ? "GET /health/ HTTP/1.1\r\nHost: local"
                                        : "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\n"
                                                + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
                                .getBytes(US_ASCII));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(api.get("/api/v1/chats/").status()).isEqualTo(200);
            }
        } finally {
            for (Socket one : slow) {
                if (one != null) {
                    one.close();
                }
            }
        }
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            byte[] head = new byte[64];
            int read = 0;
            for (int more = 0; read < head.length && more >= 0; read += Math.max(more, 0)) {
                more = in.read(head, read, head.length - read);
            }
            return new String(Arrays.copyOf(head, read), US_ASCII);
        }
    }
}
