package dev.parley;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of the API that knows nothing about the server's code, and keeps no cookies of itself. Each has an
/// address of its own, as the proxy before a server would tell it, so that no test uses up what an address may do.
public final class Api {
    public static final String PASSWORD = "seven green bottles";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long LARGE = 4 << 20;

    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    private final HttpClient client;
    private final String base;
    private final List<String> headers;

    public Api(int port) {
        this(HttpClient.newHttpClient(), "http://localhost:" + port, List.of("X-Forwarded-For", address()));
    }

    private Api(HttpClient client, String base, List<String> headers) {
        this.client = client;
        this.base = base;
        this.headers = headers;
    }

    /// An account, with the tokens that it was made with.
    public record Account(String id, String email, String accessToken, String refreshToken) {}

    public record Answer(int status, JsonNode body, HttpResponse<String> response) {
        public JsonNode data() {
            return body.path("data");
        }

        public String code() {
            return body.path("error").path("code").asString("");
        }

        public JsonNode fields() {
            return body.path("error").path("details").path("fields");
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /// A cookie as the server sets it, with its attributes; empty when it sets none of this name.
        public String cookie(String name) {
            return response.headers().allValues("Set-Cookie").stream()
                    .filter(cookie -> cookie.startsWith(name + "="))
                    .findFirst()
                    .orElse("");
        }
    }

    public static String freshEmail() {
        return "user-" + UUID.randomUUID() + "@example.org";
    }

    private static String address() {
        int number = ADDRESSES.incrementAndGet();
        return "10.0.%d.%d".formatted(number >> 8, number & 0xff);
    }

    /// The same server, asked with this header too, in the place of one of the same name.
    public Api with(String name, String value) {
        List<String> others = new ArrayList<>();
        for (int i = 0; i < headers.size(); i += 2) {
            if (!headers.get(i).equalsIgnoreCase(name)) {
                others.addAll(headers.subList(i, i + 2));
            }
        }
        others.addAll(List.of(name, value));
        return new Api(client, base, others);
    }

    public Api as(Account account) {
        return with("Authorization", "Bearer " + account.accessToken());
    }

    public Account register() {
        String email = freshEmail();
        Answer answer = post("/api/v1/auth/register", Map.of("email", email, "password", PASSWORD));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return account(answer);
    }

    public Account login(String email) {
        Answer answer = post("/api/v1/auth/login", Map.of("email", email, "password", PASSWORD));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return account(answer);
    }

    public static Account account(Answer answer) {
        JsonNode data = answer.data();
        return new Account(
                data.path("user").path("id").asString(),
                data.path("user").path("email").asString(),
                data.path("access_token").asString(),
                data.path("refresh_token").asString());
    }

    /// Signs in with the OpenID provider, from the session that there is, if there is one.
    public Answer enter(IdentityProvider.Person person) {
        Answer begun = post("/api/v1/auth/oidc", Map.of("next", "/settings"));
        assertThat(begun.status()).as(begun.response().body()).isEqualTo(200);
        IdentityProvider.Redirected callback =
                IdentityProvider.shared().signIn(begun.data().path("address").asString(), person);
        return with("Cookie", begun.cookie("parley_provider").replaceFirst(";.*", ""))
                .post(
                        "/api/v1/auth/oidc/complete",
                        Map.of(
                                "code", callback.parameter("code"),
                                "state", callback.parameter("state"),
                                "iss", callback.parameter("iss")));
    }

    /// Adds the passkey of a device, for who is signed in.
    ///
    /// @param password of the account; empty where there is none
    public Answer addPasskey(Authenticator device, String name, String password) {
        Answer asked = post("/api/v1/auth/passkeys/options", Map.of("password", password));
        assertThat(asked.status()).as(asked.response().body()).isEqualTo(200);
        return with("Cookie", asked.cookie("parley_passkey").replaceFirst(";.*", ""))
                .post("/api/v1/auth/passkeys", device.create(asked.data(), name));
    }

    /// A way in at the OpenID provider for who is signed in.
    public void linkedAs(String email) {
        Answer entered = enter(IdentityProvider.Person.of(email));
        assertThat(entered.status()).as(entered.response().body()).isEqualTo(200);
    }

    public String base() {
        return base;
    }

    public Answer get(String path) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody());
    }

    public Answer post(String path) {
        return send("POST", path, HttpRequest.BodyPublishers.noBody());
    }

    public Answer post(String path, Object body) {
        return with("Content-Type", "application/json").send("POST", path, json(body));
    }

    public Answer put(String path, Object body) {
        return with("Content-Type", "application/json").send("PUT", path, json(body));
    }

    public Answer patch(String path, Object body) {
        return with("Content-Type", "application/json").send("PATCH", path, json(body));
    }

    public Answer delete(String path) {
        return send("DELETE", path, HttpRequest.BodyPublishers.noBody());
    }

    public Answer delete(String path, Object body) {
        return with("Content-Type", "application/json").send("DELETE", path, json(body));
    }

    /// Sends a file as a browser's form does.
    public Answer upload(String path, byte[] file, String name) {
        String boundary = "part-" + UUID.randomUUID();
        String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        String foot = "\r\n--" + boundary + "--\r\n";
        return with("Content-Type", "multipart/form-data; boundary=" + boundary)
                .send(
                        "POST",
                        path,
                        HttpRequest.BodyPublishers.ofByteArray(
                                joined(head.getBytes(UTF_8), file, foot.getBytes(UTF_8))));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /// Asks for a stream of events. The answer's head has come when this returns.
    public Stream stream(String method, String path, @Nullable Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", "text/event-stream")
                .header("Content-Type", "application/json")
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : json(body));
        request.headers(headers.toArray(String[]::new));
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            return new Stream(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// @param body sent as it is when it is text, else as JSON
    private static HttpRequest.BodyPublisher json(Object body) {
        return HttpRequest.BodyPublishers.ofString(body instanceof String text ? text : JSON.writeValueAsString(body));
    }

    public Answer send(String method, String path, HttpRequest.BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                // What is refused for its size is refused before it is sent.
                .expectContinue(body.contentLength() > LARGE)
                .method(method, body);
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("");
            JsonNode json =
                    type.matches("application/json(;.*)?") ? JSON.readTree(response.body()) : JSON.missingNode();
            return new Answer(response.statusCode(), json, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
