package dev.parley.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.Api;
import dev.parley.ApiTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ApiTest
class MetricsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Pattern LINE = Pattern.compile("^([a-z_]+)(?:\\{(.*)})? (\\S+)$", Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("\\b(?:parley|jvm|process|system)_[a-z_]+");

    private final int port;
    private final Api anyone;
    private final MetricsServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    MetricsTest(@LocalServerPort int port, @Autowired MetricsServer server) {
        this.port = port;
        anyone = new Api(port);
        this.server = server;
    }

    @Test
    void theyTellWhatHappensAndOfNobody() {
        makeThingsHappen();
    }

    private void makeThingsHappen() {
        Api.Account account = anyone.register();
        Api api = anyone.as(account);
        String chat = api.post("/api/v1/chats/", Map.of()).data().path("id").asString();
        String messages = "/api/v1/chats/" + chat + "/messages/";
        double before = value("parley_answers_ended_total", "model=\"echo\"", "status=\"complete\"");
        assertThat(api.post(messages, Map.of("content", "Something")).status()).isEqualTo(201);
        api.post(messages, Map.of("content", "Something else", "model", "status-500"));

        await().atMost(PATIENCE).untilAsserted(() -> {
            // Others share this server, and use it at the same time.
            assertThat(value("parley_answers_ended_total", "model=\"echo\"", "status=\"complete\""))
                    .isGreaterThan(before);
            assertThat(value("parley_provider_errors_total", "provider=\"openai\""))
                    .isPositive();
            assertThat(value("parley_provider_first_token_seconds_count", "provider=\"openai\""))
                    .isPositive();
            assertThat(value(
                            "parley_http_requests_seconds_count",
                            "method=\"POST\"",
                            "route=\"/api/v1/chats\"",
                            "status=\"201\""))
                    .isPositive();
        });
        assertThat(scrape()).doesNotContain(chat).doesNotContain(account.id()).doesNotContain(account.email());
    }

    @Test
    void everyNumberOfTheDashboardExists() throws IOException {
        makeThingsHappen();
        JsonNode dashboard =
                JsonMapper.shared().readTree(Files.readString(Path.of("..", "deploy", "grafana-dashboard.json")));
        List<String> asked = dashboard.findValuesAsString("expr");
        assertThat(asked).hasSizeGreaterThan(10);
        Set<String> told = LINE.matcher(scrape())
                .results()
                .map(line -> String.valueOf(line.group(1)))
                .collect(Collectors.toSet());
        Set<String> names = asked.stream()
                .flatMap(expression -> NAME.matcher(expression).results().map(MatchResult::group))
                .collect(Collectors.toSet());
        assertThat(told).containsAll(names);
    }

    @Test
    void nothingElseIsThere() {
        assertThat(ask("GET", "/").statusCode()).isEqualTo(404);
        assertThat(ask("POST", "/metrics").statusCode()).isEqualTo(405);
        assertThat(ask("HEAD", "/metrics/").statusCode()).isEqualTo(200);
        assertThat(ask("GET", port, "/metrics").body())
                .as("on the port of the app")
                .doesNotContain("parley_answers_open");
    }

    private double value(String name, String... labels) {
        return LINE.matcher(scrape())
                .results()
                .filter(line -> name.equals(line.group(1)))
                .filter(line -> has(String.valueOf(line.group(2)), labels))
                .mapToDouble(line -> Double.parseDouble(String.valueOf(line.group(3))))
                .sum();
    }

    private static boolean has(String labels, String[] wanted) {
        return Arrays.stream(wanted).allMatch(labels::contains);
    }

    private String scrape() {
        HttpResponse<String> response = ask("GET", "/metrics");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain; version=0.0.4");
        return response.body();
    }

    private HttpResponse<String> ask(String method, String path) {
        return ask(method, server.port(), path);
    }

    private HttpResponse<String> ask(String method, int at, String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path))
                    .method(method, BodyPublishers.noBody())
                    .build();
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
