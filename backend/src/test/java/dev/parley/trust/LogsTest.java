package dev.parley.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.ApiTest;
import dev.parley.LiveClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/// A line in the log has ids, and never what somebody wrote or signs in with: also not where something fails.
@ApiTest
@ExtendWith(OutputCaptureExtension.class)
class LogsTest {
    private final int port;
    private final Api anyone;

    LogsTest(@LocalServerPort int port) {
        this.port = port;
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
}
