package dev.parley.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.ApiTest;
import dev.parley.LiveClient;
import dev.parley.auth.ResetLinks;
import dev.parley.auth.SecondFactorApiTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// A line in the log has ids, and never what somebody wrote or signs in with: also not where something fails.
@ApiTest
@ExtendWith(OutputCaptureExtension.class)
class LogsTest {
    private final int port;
    private final ResetLinks links;
    private final Api anyone;

    LogsTest(@LocalServerPort int port, @Autowired ResetLinks links) {
        this.port = port;
        this.links = links;
        anyone = new Api(port);
    }

    @Test
    void noLineTellsASecret(CapturedOutput log) {
        Belongings person = Belongings.of(port);
        Api api = person.api();
        String guess = "guess-" + UUID.randomUUID();
        anyone.post("/api/v1/auth/login", Map.of("email", person.account().email(), "password", guess));
        anyone.with("Content-Type", "application/json")
                .send("POST", "/api/v1/auth/login", BodyPublishers.ofString("{\"password\": \"" + guess + "\", "));
        api.post("/api/v1/auth/password", Map.of("current_password", guess, "new_password", guess));
        anyone.post("/api/v1/auth/refresh", Map.of("refresh_token", guess));
        anyone.with("Authorization", "Bearer " + guess).get("/api/v1/auth/me?token=" + guess);

        String messages = "/api/v1/chats/" + person.id("chat") + "/messages/";
        for (String model : List.of("status-401", "status-500", "garbage", "cut")) {
            api.post(messages, Map.of("content", guess, "model", model));
        }
        api.post(messages, Map.of("content", List.of(guess)));
        api.get("/api/v1/chats/?q=" + guess + "&cursor=" + guess);
        api.post("/api/v1/memories/import", Map.of("memories", guess));
        try (LiveClient client = LiveClient.of(port)) {
            client.say(Map.of("type", "auth", "token", guess));
            assertThat(client.closed()).isEqualTo(4401);
        }

        assertThat(log.getAll()).as("what failed is in the log").contains("failed to answer");
        person.assertNothingIn(log.getAll());
        assertThat(log.getAll())
                .doesNotContain(guess)
                .doesNotContain(Api.PASSWORD)
                .doesNotContain(person.account().accessToken())
                .doesNotContain(person.account().refreshToken())
                .doesNotContain(person.account().email());
    }

    /// Each is made, used as it is meant, and used once more when it counts for nothing.
    @Test
    void noLineTellsWhatOpensAnAccount(CapturedOutput log) {
        Api.Account account = anyone.register();
        Api api = anyone.as(account);
        List<String> secrets = new ArrayList<>();

        Api.Answer made = api.post("/api/v1/auth/keys/", Map.of("name", "a program"));
        String key = made.data().path("key").asString();
        secrets.add(key);
        Api program = anyone.with("Authorization", "Bearer " + key);
        assertThat(program.get("/api/v1/chats/").status()).isEqualTo(200);
        assertThat(program.get("/api/v1/auth/sessions/").status()).isEqualTo(403);
        api.delete("/api/v1/auth/keys/" + made.data().path("id").asString());
        assertThat(program.get("/api/v1/chats/").status()).isEqualTo(401);

        String factor = "/api/v1/auth/second-factor/";
        String secret = api.post(factor, Map.of("password", Api.PASSWORD))
                .data()
                .path("secret")
                .asString();
        secrets.add(secret);
        api.post(factor + "confirm/", Map.of("code", secret));
        JsonNode codes = api.post(factor + "confirm/", Map.of("code", SecondFactorApiTest.codeOf(secret)))
                .data()
                .path("recovery_codes");
        codes.forEach(code -> secrets.add(code.asString()));

        String recovery = codes.path(0).asString();
        for (int status : List.of(200, 401)) {
            String challenge = anyone.post(
                            "/api/v1/auth/login", Map.of("email", account.email(), "password", Api.PASSWORD))
                    .body()
                    .path("error")
                    .path("details")
                    .path("challenge")
                    .asString();
            secrets.add(challenge);
            Map<String, String> second = Map.of("challenge", challenge, "code", recovery);
            assertThat(anyone.post("/api/v1/auth/login/second-factor/", second).status())
                    .isEqualTo(status);
            anyone.post("/api/v1/auth/login/second-factor/", "{\"challenge\": \"" + challenge + "\", \"code\": ");
        }

        String link = links.make(account.email(), true);
        String token = link.substring(link.indexOf('#') + 1);
        String password = "a new one of " + UUID.randomUUID();
        secrets.addAll(List.of(token, password));
        for (int status : List.of(200, 401)) {
            assertThat(anyone.post("/api/v1/auth/password/reset/", Map.of("token", token, "new_password", password))
                            .status())
                    .isEqualTo(status);
        }
        anyone.get("/reset-password?token=" + token);

        assertThat(secrets).hasSize(16).allSatisfy(one -> assertThat(one).hasSizeGreaterThan(15));
        assertThat(log.getAll()).doesNotContain(secrets);
    }
}
