package dev.parley.memory;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The calls of the Mem0 platform that Parley makes. Slashes at the end of paths are part of its protocol.
final class Mem0Client {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration LONGEST_EVENT = Duration.ofSeconds(30);

    private final String base;
    private final String key;
    private final JsonMapper json;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    Mem0Client(String base, String key, JsonMapper json) {
        this.base = base.replaceFirst("/+$", "");
        this.key = key;
        this.json = json;
    }

    /// The service refused, for a reason that asking again does not change.
    static final class Refused extends ParleyException {
        Refused(int status) {
            super(CommonError.SERVICE_UNAVAILABLE, "The memory service refuses (" + status + ").");
        }
    }

    /// @param infer whether it is to extract what is worth remembering; false: the text is the memory
    /// @return the event in which it does so
    String add(String user, List<Map<String, String>> messages, Map<String, ?> metadata, boolean infer) {
        Map<String, Object> body = Map.of("user_id", user, "messages", messages, "metadata", metadata, "infer", infer);
        return send("POST", "/v3/memories/add/", body).path("event_id").asString("");
    }

    /// Waits until what was added is there.
    ///
    /// @return what became of it
    JsonNode awaitEvent(String event) {
        long end = System.nanoTime() + LONGEST_EVENT.toNanos();
        while (System.nanoTime() < end) {
            JsonNode state = send("GET", "/v1/event/" + encoded(event) + "/", null);
            switch (state.path("status").asString("")) {
                case "SUCCEEDED" -> {
                    return state.path("results");
                }
                case "FAILED" -> throw away("The memory service could not store it.");
                default -> pause();
            }
        }
        throw away("The memory service takes too long.");
    }

    /// Best first.
    JsonNode search(String user, String query, int most) {
        Map<String, Object> body = Map.of("query", query, "filters", Map.of("user_id", user), "top_k", most);
        return list(send("POST", "/v3/memories/search/", body));
    }

    /// @param page from 1
    JsonNode page(String user, int page, int size) {
        return list(send(
                "POST",
                "/v3/memories/?page=" + page + "&page_size=" + size,
                Map.of("filters", Map.of("user_id", user))));
    }

    JsonNode get(UUID id) {
        return send("GET", "/v1/memories/" + id + "/", null);
    }

    void update(UUID id, String text, Map<String, ?> metadata) {
        send("PUT", "/v1/memories/" + id + "/", Map.of("text", text, "metadata", metadata));
    }

    void delete(UUID id) {
        send("DELETE", "/v1/memories/" + id + "/", null);
    }

    void deleteAll(String user) {
        send("DELETE", "/v1/memories/?user_id=" + encoded(user), null);
    }

    JsonNode history(UUID id) {
        return list(send("GET", "/v1/memories/" + id + "/history/", null));
    }

    private static JsonNode list(JsonNode answer) {
        return answer.isArray() ? answer : answer.path("results");
    }

    private JsonNode send(String method, String path, @Nullable Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .header("Authorization", "Token " + key)
                .header("Accept", "application/json")
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            int status = response.statusCode();
            if (status == 404) {
                throw ParleyException.notFound("memory");
            }
            if (status == 429 || status >= 500) {
                throw away("The memory service does not answer at the moment (" + status + ").");
            }
            if (status >= 300) {
                throw new Refused(status);
            }
            return response.body().length == 0 ? json.missingNode() : json.readTree(response.body());
        } catch (IOException | JacksonException e) {
            // No cause: it may quote what was remembered.
            throw away("The memory service does not answer at the moment.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away("The server is stopping.");
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away("The server is stopping.");
        }
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8);
    }

    private static ParleyException away(String sentence) {
        return new ParleyException(CommonError.SERVICE_UNAVAILABLE, sentence);
    }
}
