package dev.parley.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.Api;
import dev.parley.NodeProcess;
import dev.parley.Stream;
import dev.parley.database.TestDatabase;
import dev.parley.models.ScriptedProvider;
import dev.parley.traces.Collector.Traced;
import java.io.IOException;
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
    private static final String BROKEN = "status-500";

    @TempDir
    private Path directory;

    private final String secret = "secret-" + UUID.randomUUID();

    @Test
    void aQuestionIsOneTraceAndTellsNoText() throws IOException {
        String text;
        List<Traced> spans;
        try (TestDatabase database = TestDatabase.create();
                ScriptedProvider provider = ScriptedProvider.start();
                Collector collector = new Collector()) {
            provider.lists(MODEL, BROKEN);
            Map<String, String> settings = Map.of(
                    "DATABASE_URL", database.url(),
                    "OPENAI_BASE_URL", provider.baseUrl().toString(),
                    "PARLEY_EMBEDDINGS", "off",
                    "PARLEY_LOG_FORMAT", "json",
                    "OTEL_EXPORTER_OTLP_ENDPOINT", collector.url(),
                    "OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20a+b",
                    "OTEL_SERVICE_NAME", "chat");
            try (NodeProcess node = NodeProcess.start(directory.resolve("traced"), settings)) {
                Api anyone = new Api(node.port());
                Api api = anyone.as(anyone.register());
                String chat =
                        api.post("/api/v1/chats/", Map.of()).data().path("id").asString();
                text = ask(api, chat, MODEL);
                ask(api, chat, BROKEN);
                await().atMost(PATIENCE)
                        .until(() -> !api.get("/api/v1/chats/" + chat)
                                .data()
                                .path("title")
                                .isNull());
            }
            // What had ended when the server stopped was still sent.
            spans = collector.spans();
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
        theLogTellsTheTrace(one(
                spans,
                span -> span.name().equals("answer")
                        && "failed".equals(span.attributes().get("parley.answer.status"))));
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

    private static void theLogTellsTheTrace(Traced answer) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("target", "node-logs", "traced.log"));
        assertThat(lines)
                .filteredOn(line -> line.contains(answer.trace()))
                .isNotEmpty()
                .allMatch(line -> line.contains("\"trace_id\"") && line.contains("\"request_id\""));
    }
}
