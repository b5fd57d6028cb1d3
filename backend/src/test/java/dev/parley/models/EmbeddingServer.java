package dev.parley.models;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A provider of embeddings: the direction of a text is that of its words, and a good part that all texts have.
public final class EmbeddingServer implements AutoCloseable {
    private static final int DIMENSIONS = 96;
    private static final Pattern WORD = Pattern.compile("[^a-z]+");

    private final HttpServer server;
    private final ProviderHttp.Lazy http = new ProviderHttp.Lazy(Duration.ofSeconds(10));
    private final List<List<String>> requests = new CopyOnWriteArrayList<>();
    private volatile int breaksAfter = Integer.MAX_VALUE;
    private volatile int refuses;
    private volatile Predicate<String> unreadable = _ -> false;

    public EmbeddingServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/embeddings", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /// A door to it, as an instance has that was just started.
    public EmbeddingModels models() {
        Endpoint endpoint = Endpoint.of(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1"), "sk-test", Map.of());
        return new EmbeddingModels(() -> Map.of(
                "here/",
                ChatCompletions.at(
                        http,
                        endpoint,
                        TestSettings.patience(Duration.ofSeconds(30), Duration.ofSeconds(30)),
                        Clock.systemUTC())));
    }

    /// What was asked, request by request.
    public List<List<String>> requests() {
        return requests;
    }

    /// From so many requests on it breaks the connection instead of answering.
    public void breaksAfter(int count) {
        breaksAfter = count;
    }

    public void refuses(int status) {
        refuses = status;
    }

    /// Requests with such a text are refused.
    public void cannotRead(Predicate<String> texts) {
        unreadable = texts;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody());
            if (refuses > 0
                    || !"Bearer sk-test".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(refuses == 0 ? 401 : refuses, -1);
                return;
            }
            if (body.path("input").valueStream().anyMatch(text -> unreadable.test(text.asString()))) {
                exchange.sendResponseHeaders(400, -1);
                return;
            }
            if (requests.size() >= breaksAfter) {
                return;
            }
            String model = body.path("model").asString();
            List<String> texts = new ArrayList<>();
            List<Map<String, Object>> data = new ArrayList<>();
            for (JsonNode text : body.path("input")) {
                // The last comes first: the index says which it is.
                data.addFirst(Map.of("index", texts.size(), "embedding", direction(model, text.asString())));
                texts.add(text.asString());
            }
            requests.add(List.copyOf(texts));
            byte[] answer = JsonMapper.shared().writeValueAsBytes(Map.of("object", "list", "data", data));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static float[] direction(String model, String text) {
        float[] direction = new float[DIMENSIONS];
        direction[0] = 8;
        for (String word : WORD.splitAsStream(text.toLowerCase(Locale.ROOT)).toList()) {
            Random random = new Random((model + word).hashCode());
            for (int i = 1; word.length() > 3 && i < DIMENSIONS; i++) {
                direction[i] += (float) random.nextGaussian() * 0.3f;
            }
        }
        return direction;
    }

    @Override
    public void close() {
        server.stop(0);
        try {
            http.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
