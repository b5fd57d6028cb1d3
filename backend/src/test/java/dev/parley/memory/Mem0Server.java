package dev.parley.memory;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A server that speaks the protocol of the Mem0 platform as far as Parley does, and is as strict as it: slashes, the
/// key, and filters are asked for. An event is pending once before it has succeeded.
final class Mem0Server implements AutoCloseable {
    static final String KEY = "m0-key";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final Map<String, Map<String, Object>> memories = new LinkedHashMap<>();
    private final Map<String, List<Map<String, Object>>> histories = new HashMap<>();
    private final Map<String, List<Map<String, Object>>> events = new HashMap<>();
    private final Map<String, AtomicInteger> asked = new HashMap<>();
    final List<String> calls = new CopyOnWriteArrayList<>();
    volatile int status = 200;
    /// While it is not zero, whoever asks waits.
    volatile CountDownLatch silence = new CountDownLatch(0);

    Mem0Server() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized int size() {
        return memories.size();
    }

    @Override
    public void close() {
        silence.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            silence.await();
            answerNow(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void answerNow(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        JsonNode body = bytes.length == 0 ? JSON.missingNode() : JSON.readTree(bytes);
        if (status != 200) {
            reply(exchange, status, Map.of("detail", "no"));
        } else if (!("Token " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            reply(exchange, 401, Map.of("detail", "key"));
        } else if (!path.endsWith("/")) {
            reply(exchange, 301, Map.of());
        } else if (method.equals("POST") && path.equals("/v3/memories/add/")) {
            reply(exchange, 200, Map.of("status", "PENDING", "event_id", add(body), "message", "queued"));
        } else if (method.equals("GET") && path.startsWith("/v1/event/")) {
            reply(exchange, 200, event(last(path)));
        } else if (method.equals("POST") && path.startsWith("/v3/memories/")) {
            list(exchange, path.equals("/v3/memories/search/"), body);
        } else if (method.equals("DELETE") && path.equals("/v1/memories/")) {
            String user = query(exchange).getOrDefault("user_id", "");
            memories.values().removeIf(memory -> user.equals(memory.get("user_id")));
            reply(exchange, 200, Map.of("message", "deleted"));
        } else {
            one(exchange, method, path, body);
        }
    }

    private String add(JsonNode body) {
        String event = UUID.randomUUID().toString();
        List<Map<String, Object>> results = new ArrayList<>();
        for (JsonNode message : body.path("messages")) {
            if (message.path("role").asString().equals("user")) {
                String id = UUID.randomUUID().toString();
                Map<String, Object> memory = new HashMap<>();
                memory.put("id", id);
                memory.put("memory", message.path("content").asString());
                memory.put("user_id", body.path("user_id").asString());
                memory.put("metadata", body.path("metadata"));
                memory.put("created_at", Instant.now().toString());
                memory.put("updated_at", Instant.now().toString());
                memories.put(id, memory);
                change(id, "ADD", null, message.path("content").asString());
                results.add(Map.of("id", id, "event", "ADD", "data", Map.of("memory", memory.get("memory"))));
            }
        }
        events.put(event, results);
        return event;
    }

    private Map<String, Object> event(String id) {
        int times = asked.computeIfAbsent(id, _ -> new AtomicInteger()).incrementAndGet();
        return times == 1
                ? Map.of("id", id, "status", "PENDING")
                : Map.of("id", id, "status", "SUCCEEDED", "results", events.getOrDefault(id, List.of()));
    }

    private void list(HttpExchange exchange, boolean search, JsonNode body) throws IOException {
        String user = body.path("filters").path("user_id").asString("");
        if (user.isEmpty()) {
            reply(exchange, 400, Map.of("filters", "required"));
            return;
        }
        List<Map<String, Object>> found = memories.values().stream()
                .filter(memory -> user.equals(memory.get("user_id")))
                .map(HashMap::new)
                .map(memory -> (Map<String, Object>) memory)
                .toList();
        if (search) {
            found.forEach(memory -> memory.put("score", 0.5));
            reply(exchange, 200, Map.of("results", found));
            return;
        }
        int size = Integer.parseInt(query(exchange).getOrDefault("page_size", "0"));
        int page = Integer.parseInt(query(exchange).getOrDefault("page", "0"));
        List<Map<String, Object>> some = found.reversed().stream()
                .skip((long) (page - 1) * size)
                .limit(size)
                .toList();
        reply(exchange, 200, Map.of("count", found.size(), "results", some));
    }

    private void one(HttpExchange exchange, String method, String path, JsonNode body) throws IOException {
        boolean history = path.endsWith("/history/");
        String id = last(history ? path.substring(0, path.length() - "history/".length()) : path);
        Map<String, Object> memory = memories.get(id);
        if (memory == null) {
            reply(exchange, 404, Map.of("detail", "not found"));
        } else if (history) {
            reply(exchange, 200, histories.getOrDefault(id, List.of()));
        } else if (method.equals("PUT")) {
            change(
                    id,
                    "UPDATE",
                    String.valueOf(memory.get("memory")),
                    body.path("text").asString());
            memory.put("memory", body.path("text").asString());
            memory.put("metadata", body.path("metadata"));
            reply(exchange, 200, memory);
        } else if (method.equals("DELETE")) {
            memories.remove(id);
            reply(exchange, 200, Map.of("message", "deleted"));
        } else {
            reply(exchange, 200, memory);
        }
    }

    private void change(String id, String event, @org.jspecify.annotations.Nullable String old, String now) {
        Map<String, Object> change = new HashMap<>();
        change.put("event", event);
        change.put("old_memory", old);
        change.put("new_memory", now);
        change.put("created_at", Instant.now().toString());
        histories.computeIfAbsent(id, _ -> new ArrayList<>()).add(change);
    }

    private static String last(String path) {
        String without = path.substring(0, path.length() - 1);
        return without.substring(without.lastIndexOf('/') + 1);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        for (String part : exchange.getRequestURI().getRawQuery().split("&", -1)) {
            String[] pair = part.split("=", 2);
            query.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void reply(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
