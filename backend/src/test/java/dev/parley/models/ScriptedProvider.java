package dev.parley.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A provider of chat completions for tests: real HTTP on a port of its own, whose behaviour follows from the name of
/// the model that is asked for, so that it can also be chosen from outside the test's process.
///
/// | model | what it does |
/// | --- | --- |
/// | `echo` and any other name | says what it was asked, word by word |
/// | `tokens-N`, `tokens-N@R` | N words, at R a second |
/// | `reasoning` | thinks, then answers |
/// | `status-S` | refuses with this status and a body that must not be shown (429 with `Retry-After`) |
/// | `cut`, `reset` | says "Half an" and ends the connection |
/// | `silent`, `stalls` | says nothing; says "Half an" and nothing more |
/// | `garbage`, `no-http` | a body that is no answer; bytes that are no HTTP |
/// | `error-inside` | an error object after the first word |
/// | `split` | "Grüße 🙂 日本" in parts of one byte |
/// | `whole` | a JSON answer in spite of `stream` |
/// | `no-end` | complete but for `[DONE]` and the end of the body |
///
/// [#on] gives a model a script of the test's own.
@NullMarked
public final class ScriptedProvider implements AutoCloseable {
    /// What a client must never see: it is in every refusal.
    public static final String SECRET = "internal-detail-4711";

    public static final String SPLIT_TEXT = "Grüße 🙂 日本";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern TOKENS = Pattern.compile("tokens-(\\d+)(?:@(\\d+))?");
    private static final Pattern STATUS = Pattern.compile("status-(\\d{3})");

    private final ServerSocket server;
    private final Thread door;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final Map<String, String> redirects = new ConcurrentHashMap<>();
    private final List<Request> questions = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Request> arrivals = new LinkedBlockingQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile List<String> models = List.of(
            "echo",
            "tokens-300",
            "tokens-300@40",
            "reasoning",
            "status-401",
            "status-429",
            "status-500",
            "cut",
            "reset",
            "silent",
            "stalls",
            "garbage",
            "no-http",
            "error-inside",
            "split",
            "whole",
            "no-end",
            "text-embedding-3-small");

    private ScriptedProvider(ServerSocket server) {
        this.server = server;
        this.door = Thread.ofVirtual().name("scripted provider").start(this::accept);
    }

    public static ScriptedProvider start() {
        return start(0);
    }

    public static ScriptedProvider start(int port) {
        try {
            return new ScriptedProvider(new ServerSocket(port, 4_096, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A provider that is reached by TLS, under the name `localhost`.
    static ScriptedProvider secured(SSLContext certificate) throws IOException {
        return new ScriptedProvider(
                certificate.getServerSocketFactory().createServerSocket(0, 100, InetAddress.getLoopbackAddress()));
    }

    /// For a provider outside the tests' process.
    public static void main(String[] args) throws InterruptedException {
        ScriptedProvider provider = start(args.length == 0 ? 0 : Integer.parseInt(args[0]));
        System.out.println(provider.baseUrl());
        Thread.currentThread().join();
    }

    public URI baseUrl() {
        String origin = server instanceof SSLServerSocket ? "https://localhost:" : "http://127.0.0.1:";
        return URI.create(origin + server.getLocalPort() + "/v1");
    }

    public void on(String model, Script script) {
        scripts.put(model, script);
    }

    /// What `GET /models` lists.
    public void lists(String... names) {
        models = List.of(names);
    }

    /// What is at a path instead; `/api/show` is followed by a space and the model.
    public void serves(String path, String json) {
        documents.put(path, json);
    }

    /// Sends whoever asks for this path elsewhere.
    public void redirects(String path, String location) {
        redirects.put(path, location);
    }

    /// All questions so far, in the order in which they came.
    public List<Request> questions() {
        return List.copyOf(questions);
    }

    public List<Request> questions(String model) {
        return questions.stream()
                .filter(request -> request.model().equals(model))
                .toList();
    }

    /// Waits for the next question that was not awaited yet.
    public Request awaitQuestion() {
        try {
            Request request = arrivals.poll(10, TimeUnit.SECONDS);
            if (request == null) {
                throw new AssertionError("The provider was asked nothing in 10 s");
            }
            return request;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// How many connections were ever made to it.
    public int connections() {
        return connections.get();
    }

    /// From here on connections are refused: the port is free only when the thread that waits at it is gone.
    @Override
    public void close() {
        try {
            server.close();
            door.join();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (server.isClosed()) {
                    socket.close();
                    return;
                }
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                // Closed: the loop's condition says so.
            }
        }
    }

    private void serve(Socket socket) {
        Request request = null;
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while ((request = read(in)) != null) {
                Reply reply = new Reply(socket, in, request);
                script(request).play(request, reply);
                if (reply.isOver()) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client went away, or the test has ended.
        } finally {
            open.remove(socket);
            if (request != null) {
                request.hungUp.complete(null);
            }
        }
    }

    private Script script(Request request) {
        String path = request.path.equals("/api/show") ? request.path + " " + request.model() : request.path;
        String location = redirects.get(path);
        if (location != null) {
            return (ignored, reply) -> reply.raw(
                    ("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n").getBytes(UTF_8));
        }
        String document = documents.get(path);
        if (document != null) {
            return (ignored, reply) -> reply.json(200, document);
        }
        if (request.path.startsWith("/api/") && !request.path.equals("/api/tags")) {
            return (ignored, reply) -> reply.json(404, "{}");
        }
        if (request.path.endsWith("/models")) {
            return (ignored, reply) -> reply.json(200, list("data", "id"));
        }
        if (request.path.endsWith("/api/tags")) {
            return (ignored, reply) -> reply.json(200, list("models", "name"));
        }
        questions.add(request);
        arrivals.add(request);
        Script own = scripts.get(request.model());
        return own == null ? builtIn(request.model()) : own;
    }

    private String list(String property, String name) {
        return JSON.writeValueAsString(Map.of(
                property, models.stream().map(model -> Map.of(name, model)).toList()));
    }

    private static Script builtIn(String model) {
        Matcher tokens = TOKENS.matcher(model);
        if (tokens.matches()) {
            String rate = tokens.group(2);
            return tokens(Integer.parseInt(tokens.group(1)), rate == null ? 0 : Integer.parseInt(rate));
        }
        Matcher status = STATUS.matcher(model);
        if (status.matches()) {
            return refusal(Integer.parseInt(status.group(1)));
        }
        return switch (model) {
            case "reasoning" -> ScriptedProvider::reason;
            case "cut" ->
                (request, reply) -> {
                    reply.stream().text("Half ").text("an");
                    reply.cut();
                };
            case "reset" ->
                (request, reply) -> {
                    reply.stream().text("Half ").text("an");
                    reply.reset();
                };
            case "silent" -> (request, reply) -> reply.awaitHangUp();
            case "stalls" ->
                (request, reply) -> {
                    reply.stream().text("Half ").text("an");
                    reply.awaitHangUp();
                };
            case "garbage" ->
                (request, reply) -> {
                    reply.head(200, "text/html");
                    reply.chunk("<html><body>" + SECRET + "</body></html>\n\n");
                    reply.endOfBody();
                };
            case "no-http" ->
                (request, reply) -> {
                    reply.raw(("\u0000\u0001 " + SECRET + "\r\n\r\n").getBytes(UTF_8));
                    reply.cut();
                };
            case "error-inside" ->
                (request, reply) -> {
                    reply.stream().text("Half ");
                    reply.event("{\"error\": {\"message\": \"" + SECRET + "\", \"code\": \"server_error\"}}");
                    reply.endOfBody();
                };
            case "split" -> ScriptedProvider::split;
            case "whole" -> (request, reply) -> reply.json(200, """
                            {"choices": [{"index": 0, "message": {"role": "assistant", "content": "All at once."},
                              "finish_reason": "stop"}], "usage": {"prompt_tokens": 3, "completion_tokens": 4}}
                            """);
            case "no-end" ->
                (request, reply) -> {
                    reply.stream().text("Complete.").finish("stop");
                    reply.awaitHangUp();
                };
            default -> ScriptedProvider::echo;
        };
    }

    private static void echo(Request request, Reply reply) throws IOException {
        reply.stream();
        List<String> words = words("You asked: " + request.question());
        for (String word : words) {
            reply.text(word);
        }
        reply.finish("stop").usage(request.question().length(), words.size()).done();
    }

    private static Script tokens(int count, int rate) {
        return (request, reply) -> {
            reply.stream();
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                if (rate > 0) {
                    long left = start + TimeUnit.SECONDS.toNanos(i) / rate - System.nanoTime();
                    LockSupport.parkNanos(left);
                }
                reply.text("word" + i + " ");
            }
            reply.finish("stop").usage(7, count).done();
        };
    }

    private static Script refusal(int status) {
        return (request, reply) -> {
            String body = "{\"error\": {\"message\": \"" + SECRET + "\", \"type\": \"" + SECRET + "\"}}";
            if (status == 429) {
                reply.json(status, body, "Retry-After: 17");
                return;
            }
            if (status / 100 == 3) {
                reply.json(status, body, "Location: /v1/elsewhere");
                return;
            }
            reply.json(status, body);
        };
    }

    private static void reason(Request request, Reply reply) throws IOException {
        reply.stream();
        reply.reasoning("Let me ").reasoning("think. ");
        reply.text("The answer ").text("is 42.");
        reply.finish("stop").usage(5, 9).done();
    }

    private static void split(Request request, Reply reply) throws IOException {
        reply.stream();
        byte[] event = ("data: " + Reply.delta("content", SPLIT_TEXT) + "\r\n\r\n").getBytes(UTF_8);
        for (byte b : event) {
            reply.chunk(new byte[] {b});
        }
        reply.finish("stop").usage(1, 5).done();
    }

    private static List<String> words(String text) {
        return Pattern.compile("\\S+\\s*")
                .matcher(text)
                .results()
                .map(match -> match.group())
                .toList();
    }

    /// @return null when the client has closed the connection
    private static @Nullable Request read(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) {
            return null;
        }
        List<String> start = Arrays.asList(line.split(" ", -1));
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        while ((line = line(in)) != null && !line.isEmpty()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        String body = new String(in.readNBytes(length), UTF_8);
        return new Request(start.get(0), start.get(1), headers, body, new CompletableFuture<>());
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b;
        while ((b = in.read()) != '\n') {
            if (b < 0) {
                return null;
            }
            line.write(b);
        }
        return line.toString(UTF_8).strip();
    }

    /// How a model behaves. To return without an end of the body leaves the client waiting.
    @FunctionalInterface
    public interface Script {
        void play(Request request, Reply reply) throws IOException;
    }

    /// @param hungUp done when the client has ended the connection, or the reply is over
    public record Request(
            String method,
            String path,
            Map<String, String> headers,
            String body,
            CompletableFuture<@Nullable Void> hungUp) {
        public JsonNode json() {
            return JSON.readTree(body.isEmpty() ? "{}" : body);
        }

        public String model() {
            return json().path("model").asString("");
        }

        /// The last message.
        public String question() {
            JsonNode messages = json().path("messages");
            return messages.path(messages.size() - 1).path("content").asString("");
        }

        /// Waits until the client has ended the connection.
        public void awaitHangUp() {
            hungUp.orTimeout(10, TimeUnit.SECONDS).join();
        }
    }

    /// Writes a response. What it writes leaves at once, each event as an HTTP chunk of its own.
    public static final class Reply {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private final Request request;
        private boolean over;

        private Reply(Socket socket, InputStream in, Request request) throws IOException {
            this.socket = socket;
            this.in = in;
            this.out = socket.getOutputStream();
            this.request = request;
        }

        /// Begins an event stream, with the empty delta that OpenAI begins with.
        public Reply stream() throws IOException {
            head(200, "text/event-stream");
            return event(
                    "{\"choices\": [{\"index\": 0, \"delta\": {\"role\": \"assistant\", \"content\": \"\"}, \"finish_reason\": null}]}");
        }

        public Reply text(String text) throws IOException {
            return event(delta("content", text));
        }

        public Reply reasoning(String text) throws IOException {
            return event(delta("reasoning_content", text));
        }

        public Reply finish(String reason) throws IOException {
            return event("{\"choices\": [{\"index\": 0, \"delta\": {}, \"finish_reason\": \"" + reason + "\"}]}");
        }

        public Reply usage(long promptTokens, long completionTokens) throws IOException {
            return event("{\"choices\": [], \"usage\": {\"prompt_tokens\": " + promptTokens
                    + ", \"completion_tokens\": " + completionTokens + "}}");
        }

        public void done() throws IOException {
            event("[DONE]");
            endOfBody();
        }

        public Reply event(String data) throws IOException {
            return chunk("data: " + data + "\n\n");
        }

        public Reply head(int status, String contentType) throws IOException {
            return raw(("HTTP/1.1 " + status + " Status\r\nContent-Type: " + contentType
                            + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(UTF_8));
        }

        public Reply chunk(String text) throws IOException {
            return chunk(text.getBytes(UTF_8));
        }

        public Reply chunk(byte[] bytes) throws IOException {
            ByteArrayOutputStream chunk = new ByteArrayOutputStream(bytes.length + 12);
            chunk.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
            chunk.writeBytes(bytes);
            chunk.writeBytes("\r\n".getBytes(UTF_8));
            return raw(chunk.toByteArray());
        }

        public void endOfBody() throws IOException {
            raw("0\r\n\r\n".getBytes(UTF_8));
        }

        public void json(int status, String body, String... headers) throws IOException {
            byte[] bytes = body.getBytes(UTF_8);
            StringBuilder head =
                    new StringBuilder("HTTP/1.1 " + status + " Status\r\nContent-Type: application/json\r\n");
            Arrays.stream(headers).forEach(header -> head.append(header).append("\r\n"));
            head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
            raw(head.toString().getBytes(UTF_8));
            raw(bytes);
        }

        public Reply raw(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
            return this;
        }

        /// Ends the connection in an orderly way, at whatever point the response is.
        public void cut() throws IOException {
            over = true;
            socket.close();
        }

        /// Ends the connection with a reset.
        public void reset() throws IOException {
            socket.setSoLinger(true, 0);
            cut();
        }

        /// Says nothing until the client has had enough.
        public void awaitHangUp() throws IOException {
            over = true;
            try {
                in.transferTo(OutputStream.nullOutputStream());
            } finally {
                request.hungUp.complete(null);
            }
        }

        private boolean isOver() {
            return over;
        }

        static String delta(String property, String text) {
            return JSON.writeValueAsString(Map.of(
                    "object",
                    "chat.completion.chunk",
                    "choices",
                    List.of(Map.of("index", 0, "delta", Map.of(property, text)))));
        }
    }
}
