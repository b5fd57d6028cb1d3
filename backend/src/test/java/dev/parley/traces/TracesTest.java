package dev.parley.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.Api;
import dev.parley.LiveClient;
import dev.parley.NodeProcess;
import dev.parley.Stream;
import dev.parley.database.TestDatabase;
import dev.parley.models.ScriptedProvider;
import dev.parley.traces.Collector.Traced;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that sends its traces to a collector of ours.
@Tag("slow")
class TracesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String MODEL = "tokens-20";
    private static final String ABOVE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7";
    private static final String UNSENT = "00-4bf92f3577b34da6a3ce929d0e0e4737-00f067aa0ba902b8";
    private static final String BY_FRAME = "tokens-21";
    private static final String BROKEN = "status-500";

    @TempDir
    private Path directory;

    /// A log of its own, which has nothing of an earlier run.
    private final String untraced = "untraced-" + UUID.randomUUID();

    private final String secret = "secret-" + UUID.randomUUID();

    @Test
    void aQuestionIsOneTraceAndTellsNoText() throws IOException {
        String text;
        String told;
        List<Traced> spans;
        try (TestDatabase database = TestDatabase.create();
                ScriptedProvider provider = ScriptedProvider.start();
                Collector collector = new Collector()) {
            provider.lists(MODEL, BROKEN, BY_FRAME);
            Map<String, String> settings = Map.of(
                    "DATABASE_URL", database.url(),
                    "OPENAI_BASE_URL", provider.baseUrl().toString(),
                    "PARLEY_EMBEDDINGS", "off",
                    "PARLEY_LOG_FORMAT", "json",
                    "OTEL_EXPORTER_OTLP_ENDPOINT", collector.url(),
                    "OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20a+b",
                    "OTEL_SERVICE_NAME", "chat",
                    "PARLEY_TRACE_PARENT", "proxies");
            try (NodeProcess node = NodeProcess.start(directory.resolve("traced"), settings)) {
                Api anyone = new Api(node.port());
                Api.Account account = anyone.register();
                Api api = anyone.as(account);
                String chat =
                        api.post("/api/v1/chats/", Map.of()).data().path("id").asString();
                text = ask(api, chat, MODEL);
                ask(api, chat, BROKEN);
                try (LiveClient live = LiveClient.of(node.port(), account)) {
                    live.say(Map.of("type", "subscribe", "chat_id", chat)).heardBeforeAnAnswer();
                    live.say(Map.of("type", "send", "chat_id", chat, "content", secret, "model", BY_FRAME));
                    live.until("done");
                }
                proxied(api, ABOVE + "-01");
                proxied(api, UNSENT + "-00");
                await().atMost(PATIENCE)
                        .until(() -> !api.get("/api/v1/chats/" + chat)
                                .data()
                                .path("title")
                                .isNull());
            }
            // What had ended when the server stopped was still sent.
            spans = collector.spans();
            told = String.valueOf(provider.questions(MODEL).getFirst().headers().get("traceparent"));
            assertThat(collector.authorizations()).isNotEmpty().containsOnly("Bearer a+b");
        }

        Traced provider = one(spans, span -> span.name().equals("chat " + MODEL));
        Traced answer = one(spans, span -> span.id().equals(provider.parent()));
        Traced request = one(spans, span -> span.id().equals(answer.parent()));
        assertThat(request.parent()).isEmpty();
        assertThat(answer.name()).isEqualTo("answer");
        assertThat(request.name()).startsWith("POST /api/v1/chats/{").endsWith("/messages");
        assertThat(request.attributes()).containsEntry("http.response.status_code", "200");
        assertThat(answer.attributes()).containsEntry("parley.answer.status", "complete");
        assertThat(provider.attributes())
                .containsEntry("gen_ai.provider.name", "openai")
                .containsEntry("gen_ai.request.model", MODEL);
        assertThat(told)
                .as("what the provider can join")
                .startsWith("00-" + provider.trace() + "-" + provider.id() + "-0");
        Traced below = one(
                spans, span -> ABOVE.endsWith(span.parent()) && !span.parent().isEmpty());
        assertThat(below.trace()).as("the trace of the proxy").isEqualTo(ABOVE.split("-", -1)[1]);
        assertThat(below.name()).startsWith("GET /api/v1/auth/me");
        assertThat(spans).noneMatch(span -> UNSENT.contains(span.trace()));
        Traced byFrame = one(spans, span -> span.name().equals("chat " + BY_FRAME));
        Traced itsAnswer = one(spans, span -> span.id().equals(byFrame.parent()));
        assertThat(one(spans, span -> span.id().equals(itsAnswer.parent())).name())
                .isEqualTo("frame send");
        assertThat(statements(spans, request)).contains("select", "insert", "commit");
        assertThat(statements(spans, answer)).contains("select", "insert", "commit");
        assertThat(spans)
                .filteredOn(span -> span.trace().equals(request.trace()))
                .allMatch(span -> span.equals(request)
                        || List.of(request.id(), answer.id()).contains(span.parent()));

        assertThat(spans).extracting(Traced::service).containsOnly("chat");
        assertThat(spans)
                .filteredOn(span -> span.parent().isEmpty())
                .extracting(Traced::name)
                .contains("job title-chat", "POST /api/v1/auth/register");
        assertThat(text).isNotBlank();
        assertThat(spans.toString()).doesNotContain(secret).doesNotContain(text.substring(0, text.length() / 2));
        assertThat(spans)
                .filteredOn(Traced::failed)
                .extracting(Traced::name)
                .contains("answer", "chat " + BROKEN)
                .doesNotContain("chat " + MODEL);
        theLogTellsTheTrace(one(
                spans,
                span -> span.name().equals("answer")
                        && "failed".equals(span.attributes().get("parley.answer.status"))));
    }

    /// Both ways in which a collector can be away: it takes the connection and says nothing, and it is not there.
    @Test
    @SuppressWarnings("try") // that it is closed early is what is tried
    void withoutACollectorAnswersComeAsEver() throws IOException {
        try (TestDatabase database = TestDatabase.create();
                ScriptedProvider provider = ScriptedProvider.start();
                ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            provider.lists(MODEL);
            Map<String, String> settings = Map.of(
                    "DATABASE_URL",
                    database.url(),
                    "OPENAI_BASE_URL",
                    provider.baseUrl().toString(),
                    "PARLEY_EMBEDDINGS",
                    "off",
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    "http://127.0.0.1:" + mute.getLocalPort());
            try (NodeProcess node = NodeProcess.start(directory.resolve(untraced), settings)) {
                Api anyone = new Api(node.port());
                Api api = anyone.as(anyone.register());
                String chat =
                        api.post("/api/v1/chats/", Map.of()).data().path("id").asString();
                String whole = ask(api, chat, MODEL);
                assertThat(whole).isNotBlank();
                await().atMost(PATIENCE).until(() -> complaints().size() == 1);
                assertThat(ask(api, chat, MODEL)).isEqualTo(whole);
                mute.close();
                assertThat(ask(api, chat, MODEL)).isEqualTo(whole);
            }
        }
        assertThat(complaints()).hasSize(1);
    }

    private List<String> complaints() throws IOException {
        return lines(untraced).stream()
                .filter(line -> line.contains("Traces") || line.contains("opentelemetry"))
                .filter(line -> !line.contains("Traces are sent to"))
                .toList();
    }

    private static void proxied(Api api, String parent) {
        assertThat(api.with("traceparent", parent).get("/api/v1/auth/me").status())
                .isEqualTo(200);
    }

    private String ask(Api api, String chat, String model) {
        try (Stream stream =
                api.stream("POST", "/api/v1/chats/" + chat + "/messages/", Map.of("content", secret, "model", model))) {
            stream.rest();
            return stream.text();
        }
    }

    private static Traced one(List<Traced> spans, Predicate<Traced> wanted) {
        List<Traced> found = spans.stream().filter(wanted).toList();
        assertThat(found).as(spans.toString()).hasSize(1);
        return found.getFirst();
    }

    private static List<String> statements(List<Traced> spans, Traced parent) {
        return spans.stream()
                .filter(span -> span.parent().equals(parent.id()))
                .filter(span -> "postgresql".equals(span.attributes().get("db.system.name")))
                .map(Traced::name)
                .toList();
    }

    private static List<String> lines(String node) throws IOException {
        return Files.readAllLines(NodeProcess.log(node));
    }

    private static void theLogTellsTheTrace(Traced answer) throws IOException {
        assertThat(lines("traced"))
                .filteredOn(line -> line.contains(answer.trace()))
                .isNotEmpty()
                .allMatch(line -> line.contains("\"trace_id\"") && line.contains("\"request_id\""));
    }
}
