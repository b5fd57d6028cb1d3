package dev.parley.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.Api;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import dev.parley.Provider;
import dev.parley.models.ScriptedProvider;
import dev.parley.models.ScriptedProvider.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// Chats that are longer than what their model reads at once. The names make the models gpt-4, with its window of 8,192
/// tokens.
@ApiTest
class ContextApiTest {
    private static final String TASK = "You keep the notes of a conversation";
    private static final String NOTES = "The user keeps a lighthouse.";
    /// 900 tokens.
    private static final String LONG = "the lighthouse keeper ".repeat(225);

    private final ScriptedProvider provider = Provider.shared();
    private final int askedBefore = provider.questions().size();
    private final Api api;

    ContextApiTest(@LocalServerPort int port) {
        Api anyone = new Api(port);
        api = anyone.as(anyone.register());
    }

    private String chat(int longestAnswer) {
        Map<String, Object> settings =
                Map.of("max_tokens", longestAnswer, "system_prompt", "Be brief.", "memory_enabled", false);
        return api.post("/api/v1/chats/", Map.of("settings", settings))
                .data()
                .path("id")
                .asString();
    }

    private Answer ask(String chat, String content, String model) {
        return api.post("/api/v1/chats/" + chat + "/messages/", Map.of("content", content, "model", model));
    }

    private JsonNode summaries() {
        return api.get("/api/v1/users/profile/export/").body().path("summaries");
    }

    private List<Request> asked(String model) {
        return provider.questions().stream()
                .skip(askedBefore)
                .filter(question -> question.model().equals(model))
                .toList();
    }

    /// Titles are asked for in other words.
    private Request lastQuestion(String model) {
        return asked(model).stream()
                .filter(question -> system(question).equals("Be brief."))
                .toList()
                .getLast();
    }

    private List<Request> questions(boolean forSummaries) {
        return asked("gpt-4-summary").stream()
                .filter(question -> forSummaries == system(question).startsWith(TASK))
                .toList();
    }

    private static String system(Request request) {
        return request.json().path("messages").path(0).path("content").asString();
    }

    /// What the provider reads, up to where the last message ends.
    private static String prefix(Request request) {
        String body = request.body();
        return body.substring(0, body.indexOf("\"}],\"stream\""));
    }

    @Test
    void aChatThatOutgrowsItsModelGoesOnWithASummaryAndTheNewestTurns() {
        provider.on(
                "gpt-4-summary",
                (request, reply) -> reply.stream()
                        .text(system(request).startsWith(TASK) ? NOTES : "I see.")
                        .finish("stop")
                        .done());
        String chat = chat(4_096);
        String first = ask(chat, "My name is Ada. " + LONG, "gpt-4-summary")
                .data()
                .path("user_message")
                .path("id")
                .asString();
        for (int i = 0; i < 3; i++) {
            ask(chat, i + ". " + LONG, "gpt-4-summary");
        }
        // Of 4,092 tokens of room four questions take more than four fifths.
        await().atMost(Duration.ofSeconds(30)).until(() -> summaries().size() == 1);
        assertThat(summaries().path(0).path("summary").asString()).isEqualTo(NOTES);
        assertThat(questions(true)).hasSize(1);
        assertThat(questions(true).getFirst().question()).contains("User: My name is Ada", "Assistant: I see.");

        ask(chat, "And now?", "gpt-4-summary");
        ask(chat, "And then?", "gpt-4-summary");
        List<Request> asked = questions(false);
        for (int i = 1; i < asked.size(); i++) {
            boolean goesOn = prefix(asked.get(i)).startsWith(prefix(asked.get(i - 1)));
            assertThat(goesOn).as("question %d", i).isEqualTo(i != 4);
        }
        Request last = asked.getLast();
        assertThat(system(last)).startsWith("Be brief.").endsWith(NOTES);
        assertThat(last.body()).doesNotContain("My name is Ada").contains("2. the lighthouse", "And now?");
        assertThat(last.json().path("messages").path(1).path("role").asString()).isEqualTo("user");

        assertThat(api.delete("/api/v1/chats/" + chat + "/messages/" + first + "/")
                        .status())
                .isEqualTo(200);
        assertThat(summaries()).isEmpty();
    }

    @Test
    void aQuestionThatNoWindowHoldsIsTheProvidersToRefuse() {
        String chat = chat(2_000);
        ask(chat, "Who are you?", "gpt-4-window");
        Answer longer = ask(chat, LONG.repeat(20), "gpt-4-window");
        assertThat(longer.status()).isEqualTo(201);
        JsonNode sent = lastQuestion("gpt-4-window").json();
        assertThat(sent.path("messages").path(1).path("content").asString()).startsWith("the lighthouse");
        assertThat(sent.path("messages")).hasSize(2);
        assertThat(sent.path("max_tokens").asInt()).isEqualTo(2_000);
    }

    @Test
    void aLongQuestionLeavesLessRoomForItsAnswer() {
        Answer answer = ask(chat(2_000), LONG.repeat(8), "gpt-4-window");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(lastQuestion("gpt-4-window").json().path("max_tokens").asInt())
                .isBetween(900, 8_192 - 8 * 900);
    }
}
