package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of the WebSocket that knows nothing about the server's code.
public final class LiveClient implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<JsonNode> arrived = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final List<JsonNode> seen = new ArrayList<>();
    private final WebSocket socket;
    private volatile String reason = "";

    /// @param reads whether it reads all the time, or only when told to
    private LiveClient(int port, boolean reads, Map<String, String> headers) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        headers.forEach(builder::header);
        socket = builder.buildAsync(URI.create("ws://localhost:" + port + "/ws"), new Ears(reads))
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    /// As a program does: with nothing but what it will say.
    public static LiveClient of(int port) {
        return new LiveClient(port, true, Map.of());
    }

    /// As a browser does.
    public static LiveClient of(int port, Api.Account account, String origin) {
        return new LiveClient(port, true, Map.of("Cookie", "parley_access=" + account.accessToken(), "Origin", origin));
    }

    public static LiveClient with(int port, Map<String, String> headers) {
        return new LiveClient(port, true, headers);
    }

    /// One that reads nothing until [#read].
    public static LiveClient asleep(int port, Api.Account account) {
        LiveClient client = new LiveClient(port, false, Map.of());
        client.say(Map.of("type", "auth", "token", account.accessToken()));
        return client;
    }

    /// Signed in by its first frame, and ready.
    public static LiveClient of(int port, Api.Account account) {
        LiveClient client = of(port);
        client.say(Map.of("type", "auth", "token", account.accessToken()));
        client.until("ready");
        return client;
    }

    public LiveClient say(Map<String, ?> frame) {
        return say(JSON.writeValueAsString(frame));
    }

    public LiveClient say(String frame) {
        socket.sendText(frame, true)
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
        return this;
    }

    /// To a server that may be closing the connection at this moment.
    public void sayIfOpen(String frame) {
        socket.sendText(frame, true).exceptionally(_ -> socket).join();
    }

    public LiveClient say(byte[] binary) {
        socket.sendBinary(ByteBuffer.wrap(binary), true).join();
        return this;
    }

    /// Waits for the next frame.
    public JsonNode next() {
        try {
            JsonNode frame = arrived.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (frame == null) {
                throw new AssertionError("Nothing more came, closed: " + closed + "; before: " + seen);
            }
            seen.add(frame);
            return frame;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public JsonNode until(String type) {
        return until(frame -> frame.path("type").asString().equals(type));
    }

    public JsonNode until(Predicate<JsonNode> wanted) {
        while (true) {
            JsonNode frame = next();
            if (wanted.test(frame)) {
                return frame;
            }
        }
    }

    /// Asks for what is refused, and by that shows that nothing else came before.
    public List<JsonNode> heardBeforeAnAnswer() {
        int from = seen.size();
        say(Map.of("type", "nonsense"));
        until(frame -> frame.path("reply_to").asString("").equals("nonsense"));
        return List.copyOf(seen.subList(from, seen.size() - 1));
    }

    /// Takes in all that has come by now.
    public void drain() {
        arrived.drainTo(seen);
    }

    public List<JsonNode> seen() {
        return seen;
    }

    /// All deltas of an answer since its last reset or start.
    public String text(String message) {
        List<JsonNode> events = events(message);
        int begin = 0;
        for (int i = 0; i < events.size(); i++) {
            String type = events.get(i).path("type").asString();
            if (type.equals("reset") || type.equals("start")) {
                begin = i;
            }
        }
        return events.subList(begin, events.size()).stream()
                .filter(event -> event.path("type").asString().equals("delta"))
                .map(event -> event.path("text").asString())
                .collect(Collectors.joining());
    }

    /// What was heard of an answer.
    public List<JsonNode> events(String message) {
        return seen.stream()
                .filter(frame ->
                        frame.has("id") && frame.path("message_id").asString("").equals(message))
                .toList();
    }

    public LiveClient assertInOrder(String message) {
        assertThat(events(message))
                .extracting(event -> event.path("id").asLong())
                .isSorted()
                .doesNotHaveDuplicates();
        return this;
    }

    /// Reads from now on.
    public void read() {
        socket.request(Long.MAX_VALUE);
    }

    public int closed() {
        return closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    public boolean isClosed() {
        return closed.isDone();
    }

    public String reason() {
        return reason;
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(_ -> socket);
        socket.abort();
    }

    private final class Ears implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();
        private final boolean reads;

        Ears(boolean reads) {
            this.reads = reads;
        }

        @Override
        public void onOpen(WebSocket opened) {
            if (reads) {
                opened.request(Long.MAX_VALUE);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                arrived.add(JSON.readTree(parts.toString()));
                parts.setLength(0);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String why) {
            reason = why;
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            closed.complete(failure instanceof IOException ? 1006 : -1);
        }
    }
}
