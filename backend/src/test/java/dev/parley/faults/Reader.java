package dev.parley.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A person who asks one question and reads its answer to the end, whatever breaks: a refused question is sent again
/// under the same `client_id`, a line that broke is taken up again at any node, after the last id that was seen.
@NullMarked
final class Reader implements Runnable {
    private static final JsonMapper JSON = new JsonMapper();
    /// Until a node that does not answer is given up, and another is asked.
    private static final Duration ANSWERING = Duration.ofSeconds(5);

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(200);

    private final Nodes nodes;
    private final HttpClient http;
    private final String token;
    private final String chat;
    private final String question;
    private final String model;
    private final double fickleness;
    private final SplittableRandom random;
    private final UUID clientId = UUID.randomUUID();
    private final StringBuilder text = new StringBuilder();
    private final List<String> violations = new ArrayList<>();

    private volatile @Nullable String answer;
    private volatile @Nullable JsonNode end;
    private volatile int writer = -1;
    private final AtomicInteger deltas = new AtomicInteger();
    private volatile long endedAt;
    private long firstId;
    private long lastId;
    private int resets;
    private int connections;
    private volatile boolean over;

    /// Where the nodes are at the moment.
    interface Nodes {
        int count();

        int port(int node);
    }

    /// @param fickleness how likely it is, after each event, that the reader goes and comes back elsewhere
    record Manner(String model, double fickleness) {}

    /// @param seed decides where it goes, and when
    Reader(Nodes nodes, HttpClient http, String token, String chat, String question, Manner manner, long seed) {
        this.nodes = nodes;
        this.http = http;
        this.token = token;
        this.chat = chat;
        this.question = question;
        this.model = manner.model();
        this.fickleness = manner.fickleness();
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void run() {
        int node = random.nextInt(nodes.count());
        while (end == null && !over) {
            try {
                read(node);
            } catch (IOException e) {
                LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            node = random.nextInt(nodes.count());
        }
    }

    void giveUp() {
        over = true;
    }

    private HttpRequest request(int node) {
        String messages = "http://localhost:" + nodes.port(node) + "/api/v1/chats/" + chat + "/messages/";
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream")
                .timeout(ANSWERING);
        if (answer == null) {
            String body = JSON.writeValueAsString(Map.of("content", question, "model", model, "client_id", clientId));
            return request.uri(URI.create(messages))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body))
                    .build();
        }
        return request.uri(URI.create(messages + answer + "/stream/"))
                .header("Last-Event-ID", Long.toString(lastId))
                .build();
    }

    private void read(int node) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(request(node), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != 200) {
                refused(response.statusCode(), new String(body.readAllBytes(), UTF_8));
                throw new IOException("Refused with " + response.statusCode());
            }
            connections++;
            read(node, new BufferedReader(new InputStreamReader(body, UTF_8)));
        }
    }

    /// What may happen while servers and databases come and go, and nothing else.
    private void refused(int status, String body) {
        if (status != 503) {
            violations.add("refused with " + status + ": " + body);
            over = true;
        }
    }

    private void read(int node, BufferedReader lines) throws IOException {
        long id = 0;
        String name = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = Long.parseLong(line.substring(4));
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.startsWith("data: ")) {
                hear(node, id, name, JSON.readTree(line.substring(6)));
                if (end != null || random.nextDouble() < fickleness) {
                    return;
                }
            }
        }
    }

    private void hear(int node, long id, String name, JsonNode data) {
        if (id <= lastId) {
            violations.add("the event " + name + " has the id " + id + " after " + lastId);
        }
        if (firstId == 0) {
            firstId = id;
            writer = node;
        }
        lastId = Math.max(lastId, id);
        switch (name) {
            case "start" -> answer = data.path("assistant_message").path("id").asString();
            case "delta" -> {
                text.append(data.path("text").asString());
                deltas.incrementAndGet();
            }
            case "reset" -> {
                text.setLength(0);
                resets++;
            }
            case "done", "error" -> {
                endedAt = System.nanoTime();
                end = data;
            }
            default -> violations.add("an event " + name);
        }
    }

    String chat() {
        return chat;
    }

    String question() {
        return question;
    }

    @Nullable
    String answer() {
        return answer;
    }

    boolean hasBegun() {
        return deltas.get() > 0;
    }

    boolean hasEnded() {
        return end != null;
    }

    /// Of `System.nanoTime`.
    long endedAt() {
        return endedAt;
    }

    /// The node that the question was sent to.
    int writer() {
        return writer;
    }

    int deltas() {
        return deltas.get();
    }

    /// When the reader is through.
    Read result() {
        return new Read(text.toString(), firstId >>> 32, lastId >>> 32, resets, connections, List.copyOf(violations));
    }

    /// @param text all deltas since the last reset
    /// @param firstEpoch of the first event
    /// @param lastEpoch of the last event
    record Read(String text, long firstEpoch, long lastEpoch, int resets, int connections, List<String> violations) {}
}
