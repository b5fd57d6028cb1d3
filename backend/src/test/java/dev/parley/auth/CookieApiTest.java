package dev.parley.auth;

import static dev.parley.Api.PASSWORD;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.Api.Account;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// What a browser does, and what other people's pages make it do.
@ApiTest
class CookieApiTest {
    private static final String FOREIGN = "https://evil.example.com";

    private final Api api;

    CookieApiTest(@LocalServerPort int port) {
        api = new Api(port);
    }

    @Test
    void aCookieSignsInAsABearerTokenDoes() {
        Account account = api.register();

        assertThat(browser(account).get("/api/v1/auth/me").data().path("id").asString())
                .isEqualTo(account.id());
    }

    @Test
    void aCookieChangesNothingUnlessTheBrowserSaysWhosePageItIs() {
        Api browser = browser(api.register());
        Map<String, String> change = Map.of("first_name", "Ada");

        Answer silent = browser.patch("/api/v1/users/profile", change);

        assertThat(silent.status()).isEqualTo(403);
        assertThat(silent.code()).isEqualTo("CSRF_REJECTED");
        assertThat(browser.with("Origin", FOREIGN)
                        .patch("/api/v1/users/profile/", change)
                        .code())
                .isEqualTo("CSRF_REJECTED");
        assertThat(browser.with("Sec-Fetch-Site", "cross-site")
                        .patch("/api/v1/users/profile", change)
                        .code())
                .isEqualTo("CSRF_REJECTED");
        assertThat(browser.get("/api/v1/users/profile")
                        .data()
                        .path("first_name")
                        .asString())
                .isEmpty();
        assertThat(browser.with("Origin", api.base())
                        .patch("/api/v1/users/profile", change)
                        .status())
                .isEqualTo(200);
        assertThat(browser.with("Sec-Fetch-Site", "same-origin")
                        .patch("/api/v1/users/profile", change)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aBearerTokenWinsOverCookiesAndNeedsNoOrigin() {
        Account account = api.register();
        Account other = api.register();

        Answer answer = browser(other).as(account).patch("/api/v1/users/profile", Map.of("first_name", "Ada"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.data().path("id").asString()).isEqualTo(account.id());
        assertThat(browser(other)
                        .with("Authorization", "Bearer made-up")
                        .get("/api/v1/auth/me")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void whatAPageOfOnePersonAsksIsNotDoneForAnotherWhoSignedInMeanwhile() {
        Account reader = api.register();
        Account other = api.register();
        Api page = browser(other).with("Origin", api.base()).with("Parley-User", reader.id());

        Answer refused = page.post("/api/v1/chats/", Map.of("title", "A secret"));

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.body()
                        .path("error")
                        .path("details")
                        .path("other_account")
                        .asBoolean())
                .isTrue();
        assertThat(page.get("/api/v1/chats/").status()).isEqualTo(401);
        assertThat(browser(other).get("/api/v1/chats/").data().path("items").size())
                .isZero();
        assertThat(page.with("Parley-User", other.id()).get("/api/v1/chats/").status())
                .isEqualTo(200);
    }

    @Test
    void foreignPagesSignNobodyIn() {
        Account account = api.register();
        Map<String, String> credentials = Map.of("email", account.email(), "password", PASSWORD);

        assertThat(api.with("Origin", FOREIGN)
                        .post("/api/v1/auth/login", credentials)
                        .code())
                .isEqualTo("CSRF_REJECTED");
        assertThat(api.with("Origin", FOREIGN)
                        .post("/api/v1/auth/register", Map.of("email", Api.freshEmail(), "password", PASSWORD))
                        .code())
                .isEqualTo("CSRF_REJECTED");
        assertThat(api.with("Origin", api.base())
                        .post("/api/v1/auth/login", credentials)
                        .status())
                .isEqualTo(200);
        // Somebody who is signed in already, by a program that keeps cookies as a browser does.
        assertThat(browser(account).post("/api/v1/auth/login", credentials).status())
                .isEqualTo(200);
    }

    @Test
    void theRefreshCookieIsForOwnPages() {
        Account account = api.register();
        Api browser = api.with("Cookie", "parley_refresh=" + account.refreshToken());

        assertThat(browser.post("/api/v1/auth/refresh").code()).isEqualTo("CSRF_REJECTED");
        assertThat(browser.with("Origin", FOREIGN).post("/api/v1/auth/refresh").code())
                .isEqualTo("CSRF_REJECTED");

        Answer answer = browser.with("Origin", api.base()).post("/api/v1/auth/refresh/");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.cookie("parley_access")).isNotEmpty();
        assertThat(Api.account(answer).id()).isEqualTo(account.id());
    }

    @Test
    void theBodysRefreshTokenWinsOverTheCookie() {
        Account account = api.register();
        Account other = api.register();

        Answer answer = api.with("Cookie", "parley_refresh=" + other.refreshToken())
                .post("/api/v1/auth/refresh", Map.of("refresh_token", account.refreshToken()));

        assertThat(Api.account(answer).id()).isEqualTo(account.id());
    }

    @Test
    void aBrowserSignsOutAlsoWithTheRefreshCookieAlone() {
        Account account = api.register();
        Api browser = api.with("Cookie", "parley_refresh=" + account.refreshToken());
        Answer foreign = browser.with("Origin", FOREIGN).post("/api/v1/auth/logout");
        assertThat(foreign.code()).isEqualTo("CSRF_REJECTED");
        assertThat(foreign.cookie("parley_access")).isEmpty();

        Answer answer = browser.with("Origin", api.base()).post("/api/v1/auth/logout/");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(api.as(account).get("/api/v1/auth/me").code()).isEqualTo("TOKEN_REVOKED");
        assertThat(browser.with("Origin", api.base())
                        .post("/api/v1/auth/logout")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void onlyConfiguredOriginsMayReadAnswers() {
        Answer preflight = preflight(FOREIGN, "PATCH");
        assertThat(preflight.header("Access-Control-Allow-Origin")).isEmpty();

        Answer read = api.with("Origin", FOREIGN).as(api.register()).get("/api/v1/auth/me");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.header("Access-Control-Allow-Origin")).isEmpty();

        Answer allowed = preflight(ApiTest.OTHER_ORIGIN, "PATCH");
        assertThat(allowed.status()).isEqualTo(200);
        assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo(ApiTest.OTHER_ORIGIN);
        assertThat(allowed.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(allowed.header("Access-Control-Allow-Methods")).contains("PATCH");

        Answer strange = preflight(ApiTest.OTHER_ORIGIN, "TRACE");
        assertThat(strange.status()).isEqualTo(403);
        assertThat(strange.code()).isEqualTo("FORBIDDEN");

        Answer change = browser(api.register())
                .with("Origin", ApiTest.OTHER_ORIGIN)
                .patch("/api/v1/users/profile", Map.of("first_name", "Ada"));
        assertThat(change.status()).isEqualTo(200);
        assertThat(change.header("Access-Control-Allow-Origin")).isEqualTo(ApiTest.OTHER_ORIGIN);
    }

    @Test
    void behindATrustedProxyTheBrowsersAddressCounts() {
        Api proxied = api.with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", "chat.example.org")
                .with("X-Forwarded-For", "203.0.113.9")
                .with("Origin", "https://chat.example.org");

        Answer answer = proxied.post("/api/v1/auth/register", Map.of("email", Api.freshEmail(), "password", PASSWORD));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.cookie("parley_access")).contains("Secure");
        assertThat(answer.cookie("parley_refresh")).contains("Secure");
        assertThat(api.as(Api.account(answer))
                        .get("/api/v1/auth/sessions")
                        .data()
                        .path("items")
                        .path(0)
                        .path("ip")
                        .asString())
                .isEqualTo("203.0.113.9");
    }

    @Test
    void aSocketThatAForeignPageOpensIsNobodys() throws IOException {
        Account account = api.register();

        assertThat(upgrade(account, FOREIGN)).startsWith("HTTP/1.1 401 ");
        assertThat(upgrade(account, api.base())).startsWith("HTTP/1.1 200 ");
    }

    /// By hand, because Java's client lets nobody ask for an upgrade. What is asked for shows who is asking.
    private String upgrade(Account account, String origin) throws IOException {
        URI server = URI.create(api.base());
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream().write("""
                    GET /api/v1/auth/me HTTP/1.1
                    Host: %s
                    Origin: %s
                    Cookie: parley_access=%s
                    Connection: Upgrade, close
                    Upgrade: websocket

                    """.formatted(server.getAuthority(), origin, account.accessToken())
                    .replace("\n", "\r\n")
                    .getBytes(US_ASCII));
            return new String(socket.getInputStream().readNBytes(13), US_ASCII);
        }
    }

    private Answer preflight(String origin, String method) {
        return api.with("Origin", origin)
                .with("Access-Control-Request-Method", method)
                .with("Access-Control-Request-Headers", "content-type")
                .send("OPTIONS", "/api/v1/users/profile/", BodyPublishers.noBody());
    }

    private Api browser(Account account) {
        return api.with("Cookie", "parley_access=" + account.accessToken());
    }
}
