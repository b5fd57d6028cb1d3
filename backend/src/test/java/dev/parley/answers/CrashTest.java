package dev.parley.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.Api;
import dev.parley.NodeProcess;
import dev.parley.Stream;
import dev.parley.models.ScriptedProvider;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A server with the database it carries, killed while it writes.
@Tag("slow")
class CrashTest {
    private static final String MODEL = "tokens-2000@100";
    /// What may live in memory alone, by the contract.
    private static final Duration UNSAVED = Duration.ofMillis(250);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path data;

    /// What a listener had been told when its server was killed.
    ///
    /// @param certain the text that is older than the last moment
    private record Seen(long id, String certain) {}

    @Test
    void anAnswerIsBegunAnewOnceAndThenKeptAsItWas() {
        try (ScriptedProvider provider = ScriptedProvider.start()) {
            provider.lists(MODEL, "tokens-40");
            Map<String, String> settings =
                    Map.of("OPENAI_BASE_URL", provider.baseUrl().toString());
            Api.Account account;
            String messages;
            Seen first;
            try (NodeProcess server = NodeProcess.start(data, settings)) {
                Api anyone = new Api(server.port());
                account = anyone.register();
                Api api = anyone.as(account);
                String chat =
                        api.post("/api/v1/chats/", Map.of()).data().path("id").asString();
                messages = "/api/v1/chats/" + chat + "/messages/";
                Map<String, Object> question = Map.of("content", "Go on for long", "model", MODEL);
                first = readAndKill(server, api.stream("POST", messages, question));
            }
            Seen second;
            try (NodeProcess server = NodeProcess.start(data, settings)) {
                Api api = new Api(server.port()).as(account);
                String answer = item(api, messages, 1).path("id").asString();
                Stream anew = api.stream("GET", messages + answer + "/stream/?after=" + first.id(), null);
                second = readAndKill(server, anew);
                assertThat(anew.assertInOrder().seen().getFirst().name()).isEqualTo("reset");
                assertThat(second.id()).isGreaterThan(first.id());
            }
            try (NodeProcess server = NodeProcess.start(data, settings)) {
                Api api = new Api(server.port()).as(account);
                await().atMost(PATIENCE)
                        .until(() -> item(api, messages, 1).path("status").asString(), "interrupted"::equals);
                assertThat(item(api, messages, 0).path("content").asString()).isEqualTo("Go on for long");
                JsonNode kept = item(api, messages, 1);
                assertThat(kept.path("content").asString()).startsWith(second.certain());
                assertThat(kept.path("metadata").path("takeovers").asInt()).isEqualTo(2);
                try (Stream late = api.stream(
                        "GET", messages + kept.path("id").asString() + "/stream/?after=" + second.id(), null)) {
                    assertThat(late.rest()).extracting(Stream.Event::name).containsExactly("reset", "delta", "error");
                    assertThat(late.text()).isEqualTo(kept.path("content").asString());
                }
                assertThat(api.post(messages, Map.of("content", "And now?", "model", "tokens-40"))
                                .status())
                        .isEqualTo(201);
            }
            assertThat(provider.questions(MODEL)).hasSize(2);
        }
    }

    /// Reads for some seconds, then kills, then reads what still arrives.
    private static Seen readAndKill(NodeProcess server, Stream stream) {
        long killAt = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        long certainUntil = killAt - UNSAVED.toNanos();
        String certain = "";
        try (stream) {
            while (System.nanoTime() < killAt) {
                assertThat(stream.next()).isNotNull();
                if (System.nanoTime() < certainUntil) {
                    certain = stream.text();
                }
            }
            server.kill();
            stream.rest();
        } catch (UncheckedIOException e) {
            // Its line breaks in the middle of an event.
        }
        assertThat(certain).isNotEmpty();
        return new Seen(stream.seen().getLast().id(), certain);
    }

    private static JsonNode item(Api api, String messages, int index) {
        return api.get(messages).data().path("items").path(index);
    }
}
