package dev.parley.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.models.Piece.StopReason;
import dev.parley.models.Piece.Usage;
import dev.parley.models.Prompt.Role;
import dev.parley.models.Prompt.Turn;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@NullMarked
@Timeout(30)
class StreamedCompletionTest {
    private static final String KEY = "sk-not-to-be-seen";

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final ProviderHttp http = http(Duration.ofSeconds(5));
    private final Patience patience = TestSettings.patience(Duration.ofSeconds(20), Duration.ofSeconds(20));
    private final Patience impatience = TestSettings.patience(Duration.ofMillis(300), Duration.ofMillis(200));

    @AfterEach
    void stop() throws IOException {
        http.close();
        provider.close();
    }

    @Test
    void streamsWordByWordWithUsageAndReason() {
        Collected answer = ask("echo", "How are you?");

        assertThat(answer.text()).isEqualTo("You asked: How are you?");
        assertThat(answer.pieces()).hasSizeGreaterThan(4);
        assertThat(answer.end()).isEqualTo(new Piece.End(new StopReason("stop"), new Usage(12, 5, null)));
    }

    @Test
    void sendsTheConversationTheKeyAndTheSettings() {
        Prompt prompt = new Prompt(
                "echo",
                List.of(new Turn(Role.SYSTEM, "Be brief."), new Turn(Role.USER, "Hi \"you\" \uD83D\uDE42")),
                0.2,
                99);
        Collected.from(client(patience).open(new ChatRequest("echo", prompt, 0.2, 99)));

        ScriptedProvider.Request request = provider.awaitQuestion();
        assertThat(request.path()).isEqualTo("/v1/chat/completions");
        assertThat(request.headers()).containsEntry("Authorization", "Bearer " + KEY);
        assertThat(request.json().path("stream").asBoolean()).isTrue();
        assertThat(request.json().path("temperature").asDouble()).isEqualTo(0.2);
        assertThat(request.json().path("max_tokens").asInt()).isEqualTo(99);
        assertThat(request.json().path("stream_options").path("include_usage").asBoolean())
                .isTrue();
        assertThat(request.json().path("messages").path(0).path("role").asString())
                .isEqualTo("system");
        assertThat(request.question()).isEqualTo("Hi \"you\" \uD83D\uDE42");
    }

    @Test
    void tellsThinkingFromAnswer() {
        Collected answer = ask("reasoning", "?");

        assertThat(answer.reasoning()).isEqualTo("Let me think. ");
        assertThat(answer.text()).isEqualTo("The answer is 42.");
    }

    @Test
    void joinsCharactersThatArriveByteByByte() {
        assertThat(ask("split", "?").text()).isEqualTo(ScriptedProvider.SPLIT_TEXT);
    }

    @Test
    void holdsHalfOfASurrogatePairBack() {
        provider.on("pair", (request, reply) -> {
            reply.stream();
            reply.event("{\"choices\":[{\"delta\":{\"content\":\"a\\ud83d\"}}]}");
            reply.event("{\"choices\":[{\"delta\":{\"content\":\"\\ude42b\"}}]}");
            reply.event("{\"choices\":[{\"delta\":{\"content\":\"c\\u0000\\udc00\"}}]}");
            reply.event("{\"choices\":[{\"delta\":{\"content\":\"d\\ud83d\"}}]}");
            reply.finish("stop").done();
        });
        Collected answer = ask("pair", "?");

        assertThat(answer.text()).isEqualTo("a\uD83D\uDE42bc\uFFFD\uFFFDd\uFFFD");
        assertThat(answer.pieces().subList(0, 2)).containsExactly(new Piece.Text("a"), new Piece.Text("\uD83D\uDE42b"));
    }

    @Test
    void acceptsAnAnswerThatIsNotStreamed() {
        Collected answer = ask("whole", "?");

        assertThat(answer.text()).isEqualTo("All at once.");
        assertThat(answer.end().usage()).isEqualTo(new Usage(3, 4, null));
    }

    @Test
    void isCompleteOnceTheModelHasSaidWhyItStopped() {
        Collected answer = ask("no-end", "?");

        assertThat(answer.text()).isEqualTo("Complete.");
        assertThat(answer.end().reason()).isEqualTo(new StopReason("stop"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            status-400   | AI_PROVIDER_ERROR | The model's provider did not accept the request (400).
            status-401   | AI_PROVIDER_ERROR | The model's provider did not accept this server's API key.
            status-403   | AI_PROVIDER_ERROR | The model's provider does not let this server use the model status-403.
            status-404   | AI_PROVIDER_ERROR | The model's provider does not know the model status-404.
            status-429   | AI_PROVIDER_ERROR | The model's provider has too many requests just now. Try again in 17 s.
            status-500   | AI_PROVIDER_ERROR | The model's provider failed (500). Try again in a moment.
            status-502   | AI_PROVIDER_ERROR | The model's provider failed (502). Try again in a moment.
            status-302   | AI_PROVIDER_ERROR | The model's provider answered with 302 instead of an answer. Its address may be wrong.
            garbage      | AI_PROVIDER_ERROR | The model's provider sent something that is not an answer.
            no-http      | AI_PROVIDER_ERROR | The model's provider sent something that is not an answer.
            cut          | AI_PROVIDER_ERROR | The connection to the model was lost before its answer was complete.
            reset        | AI_PROVIDER_ERROR | The connection to the model was lost before its answer was complete.
            error-inside | AI_PROVIDER_ERROR | The model's provider reported an error before its answer was complete.
            """)
    void failsWithASentenceAndIsAskedOnce(String model, ModelError code, String sentence) {
        ProviderException failure = ask(model, "?").failed();

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.sentence()).isEqualTo(sentence);
        assertThat(failure).hasNoCause();
        assertThat(failure.toString()).doesNotContain(ScriptedProvider.SECRET, KEY);
        assertThat(provider.questions()).hasSize(1);
    }

    @Test
    void keepsWhatCameBeforeACut() {
        assertThat(ask("cut", "?").text()).isEqualTo("Half an");
    }

    @Test
    void givesUpOnSilenceBeforeTheAnswer() {
        Collected answer = Collected.from(client(impatience).open(question("silent", "?")));

        assertThat(answer.failed().code()).isEqualTo(ModelError.AI_PROVIDER_TIMEOUT);
        assertThat(answer.failed().sentence()).isEqualTo("The model did not answer in 0.3 s.");
        provider.awaitQuestion().awaitHangUp();
    }

    @Test
    void givesUpOnSilenceInTheMiddleAndKeepsWhatCame() {
        Collected answer = Collected.from(client(impatience).open(question("stalls", "?")));

        assertThat(answer.text()).isEqualTo("Half an");
        assertThat(answer.failed().code()).isEqualTo(ModelError.AI_PROVIDER_TIMEOUT);
        assertThat(answer.failed().sentence())
                .isEqualTo("The model fell silent for 0.2 s before its answer was complete.");
        provider.awaitQuestion().awaitHangUp();
    }

    @Test
    void givesUpWhenNoConnectionIsMade() throws IOException {
        try (FullServer server = new FullServer();
                ProviderHttp hasty = http(Duration.ofMillis(300))) {
            ChatCompletions client = ChatCompletions.at(
                    () -> hasty, Endpoint.of(server.address(), KEY, Map.of()), patience(300), Clock.systemUTC());
            ProviderException failure =
                    Collected.from(client.open(question("echo", "?"))).failed();

            assertThat(failure.code()).isEqualTo(ModelError.AI_PROVIDER_TIMEOUT);
            assertThat(failure.sentence()).isEqualTo("The model's provider could not be reached in 0.3 s.");
        }
    }

    @Test
    void closingEndsTheAttemptToConnect() throws Exception {
        try (FullServer server = new FullServer();
                ProviderHttp patient = http(Duration.ofSeconds(60))) {
            ChatCompletions client = ChatCompletions.at(
                    () -> patient, Endpoint.of(server.address(), KEY, Map.of()), patience, Clock.systemUTC());
            Completion completion = client.open(question("echo", "?"));
            FutureTask<Collected> answer = new FutureTask<>(() -> Collected.from(completion));
            Thread reader = Thread.ofVirtual().start(answer);
            while (reader.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            completion.close();

            assertThat(answer.get().failed().sentence()).isEqualTo("The answer was stopped.");
        }
    }

    @Test
    void aConnectionThatDiesUnderAQuestionIsAFailureAndNoSecondQuestion() {
        provider.on("mortal", (request, reply) -> {
            if (provider.questions().size() == 1) {
                reply.stream().text("Once.").finish("stop").done();
                return;
            }
            reply.cut();
        });
        assertThat(ask("mortal", "?").text()).isEqualTo("Once.");
        assertThat(ask("mortal", "?").failed().code()).isEqualTo(ModelError.AI_PROVIDER_ERROR);
        assertThat(provider.questions()).hasSize(2);
        assertThat(provider.connections()).isEqualTo(1);
    }

    @Test
    void aConnectionThatDiedMeanwhileIsNotUsed() {
        provider.on("leaves", (request, reply) -> {
            reply.stream().text("Once.").finish("stop").done();
            reply.cut();
        });
        assertThat(ask("leaves", "?").text()).isEqualTo("Once.");
        provider.awaitQuestion().awaitHangUp();
        assertThat(ask("leaves", "?").text()).isEqualTo("Once.");
        assertThat(provider.questions()).hasSize(2);
        assertThat(provider.connections()).isEqualTo(2);
    }

    @Test
    void endsAnAnswerThatKnowsNoEnd() {
        provider.on("endless", (request, reply) -> {
            reply.stream();
            while (true) {
                reply.text("x".repeat(500_000));
            }
        });
        Collected answer = ask("endless", "?");

        assertThat(answer.end().reason()).isEqualTo(new StopReason("length"));
        assertThat(answer.text()).hasSizeBetween(4_000_000, 5_000_000);
        provider.awaitQuestion().awaitHangUp();
    }

    @Test
    void holdsManyStreamsAtOnce() throws Exception {
        CyclicBarrier all = new CyclicBarrier(600);
        provider.on("together", (request, reply) -> {
            reply.stream().text("All ");
            await(all);
            reply.text("here.").finish("stop").done();
        });
        List<Future<Collected>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 600; i++) {
                answers.add(threads.submit(() -> ask("together", "?")));
            }
        }
        for (Future<Collected> answer : answers) {
            assertThat(answer.get().text()).isEqualTo("All here.");
        }
        assertThat(provider.questions()).hasSize(600);
    }

    @Test
    void sendsHalfASurrogatePairAsAReplacement() {
        assertThat(ask("echo", "cut \uD83D").text()).isEqualTo("You asked: cut \uFFFD");
    }

    @Test
    void saysThatNobodyListens() {
        provider.close();
        assertThat(ask("echo", "?").failed().sentence()).isEqualTo("The model's provider could not be reached.");
    }

    @ParameterizedTest
    @CsvSource({"silent", "stalls"})
    void closingEndsTheConnectionUnderAReaderThatWaits(String model) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Completion completion = client(patience).open(question(model, "?"));
            Future<Collected> reader = threads.submit(() -> Collected.from(completion));
            ScriptedProvider.Request request = provider.awaitQuestion();
            completion.close();

            assertThat(reader.get().failed().sentence()).isEqualTo("The answer was stopped.");
            request.awaitHangUp();
        }
    }

    @Test
    void whatIsClosedBeforeItIsAskedIsNotAsked() {
        Completion completion = client(patience).open(question("echo", "?"));
        completion.close();

        assertThatThrownBy(completion::next).isInstanceOf(ProviderException.class);
        assertThat(provider.questions()).isEmpty();
    }

    @Test
    void usesAConnectionAgain() {
        for (int i = 0; i < 5; i++) {
            assertThat(ask("echo", "?").failure()).isNull();
        }
        assertThat(provider.connections()).isEqualTo(1);
    }

    @Test
    void isReadyOnlyForWhatHasArrived() {
        CompletableFuture<Void> more = new CompletableFuture<>();
        provider.on("burst", (request, reply) -> {
            reply.head(200, "text/event-stream");
            reply.raw(chunks("one", "two", "three"));
            more.join();
            reply.text("four").finish("stop").done();
        });
        try (Completion completion = client(patience).open(question("burst", "?"))) {
            assertThat(completion.ready()).isFalse();
            assertThat(completion.next()).isEqualTo(new Piece.Text("one"));
            assertThat(completion.ready()).isTrue();
            assertThat(completion.next()).isEqualTo(new Piece.Text("two"));
            assertThat(completion.ready()).isTrue();
            assertThat(completion.next()).isEqualTo(new Piece.Text("three"));
            assertThat(completion.ready()).isFalse();
            more.complete(null);
            assertThat(completion.next()).isEqualTo(new Piece.Text("four"));
            assertThat(completion.next()).isInstanceOf(Piece.End.class);
        }
    }

    @Test
    void learnsWhichFieldsAModelDoesNotTake() {
        provider.on("strict", (request, reply) -> {
            for (String field : List.of("stream_options", "max_tokens", "temperature")) {
                if (request.json().has(field)) {
                    reply.json(
                            400,
                            "{\"error\": {\"message\": \"no\", \"code\": \"unsupported_value\", \"param\": \"" + field
                                    + "\"}}");
                    return;
                }
            }
            reply.stream().text("Fine.").finish("stop").done();
        });
        ChatCompletions client = client(patience);

        assertThat(Collected.from(client.open(question("strict", "?"))).text()).isEqualTo("Fine.");
        assertThat(provider.questions()).hasSize(4);
        assertThat(Collected.from(client.open(question("strict", "?"))).text()).isEqualTo("Fine.");
        assertThat(provider.questions()).hasSize(5);
        assertThat(provider.questions()
                        .getLast()
                        .json()
                        .path("max_completion_tokens")
                        .asInt())
                .isEqualTo(100);
    }

    @Test
    void notesStandWhereAModelsTemplateHasAPlaceForThem() {
        provider.on("alternating", (request, reply) -> {
            JsonNode messages = request.json().path("messages");
            if (messages.path(messages.size() - 2).path("role").asString("").equals("system")) {
                reply.json(500, "{\"error\": {\"message\": \"Conversation roles must alternate user/assistant\"}}");
                return;
            }
            reply.stream().text("Fine.").finish("stop").done();
        });
        ChatCompletions client = client(patience);
        Prompt prompt = new Prompt(
                "alternating",
                List.of(new Turn(Role.USER, "Hi"), new Turn(Role.ASSISTANT, "Hi"), new Turn(Role.USER, "Who am I?")),
                null,
                null,
                List.of(new Prompt.Note("- [1] since today: “My name is Ada.”", "My name is Ada.", true)));
        for (int i = 0; i < 2; i++) {
            assertThat(Collected.from(client.open(new ChatRequest("alternating", prompt, 0.2, 100)))
                            .text())
                    .isEqualTo("Fine.");
        }
        assertThat(provider.questions()).hasSize(3);
        JsonNode first = provider.questions().getFirst().json().path("messages");
        assertThat(first.path(2).path("content").asString()).contains("“My name is Ada.”");
        assertThat(first.path(3).path("content").asString()).isEqualTo("Who am I?");
        JsonNode last = provider.questions().getLast().json().path("messages");
        assertThat(last).hasSize(3);
        assertThat(last.path(2).path("content").asString())
                .startsWith("Who am I?")
                .contains("“My name is Ada.”");
    }

    @ParameterizedTest
    @CsvSource({"o3-mini, true", "gpt-5, true", "gpt-5-chat-latest, false", "gpt-4o, false", "openai/o3, false"})
    void knowsOpenAisReasoningModels(String model, boolean reasons) {
        ask(model, "?");

        assertThat(provider.questions()).hasSize(1);
        assertThat(provider.questions().getFirst().json().has("max_completion_tokens"))
                .isEqualTo(reasons);
        assertThat(provider.questions().getFirst().json().has("max_tokens")).isEqualTo(!reasons);
        assertThat(provider.questions().getFirst().json().has("temperature")).isEqualTo(!reasons);
    }

    @Test
    void aTemperatureThatIsTooHighOnceIsSentAgainNextTime() {
        provider.on("cool", (request, reply) -> {
            if (request.json().has("temperature")) {
                reply.json(400, "{\"error\": {\"message\": \"temperature must be at most 0.5\"}}");
                return;
            }
            reply.stream().text("Fine.").finish("stop").done();
        });
        ChatCompletions client = client(patience);

        assertThat(Collected.from(client.open(question("cool", "?"))).text()).isEqualTo("Fine.");
        assertThat(Collected.from(client.open(question("cool", "?"))).text()).isEqualTo("Fine.");
        assertThat(provider.questions()).hasSize(4);
    }

    @Test
    void asksAgainWhereTheProviderSaysWhen() {
        provider.on("busy", (request, reply) -> {
            if (provider.questions().size() < 3) {
                reply.json(429, "{}", "retry-after-ms: 1");
                return;
            }
            reply.stream().text("Now.").finish("stop").done();
        });

        assertThat(ask("busy", "?").text()).isEqualTo("Now.");
        assertThat(provider.questions()).hasSize(3);
    }

    @Test
    void givesUpOnAProviderThatStaysBusy() {
        provider.on("busy", (request, reply) -> reply.json(503, "{}", "retry-after-ms: 1"));

        assertThat(ask("busy", "?").failed().sentence())
                .isEqualTo("The model's provider failed (503). Try again in a moment.");
        assertThat(provider.questions()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status-400",
                "status-401",
                "status-404",
                "status-429",
                "status-500",
                "garbage",
                "no-http",
                "cut",
                "reset",
                "error-inside"
            })
    void asksOnceWhereNothingSaysThatItDidNotBegin(String model) {
        assertThat(ask(model, "?").failure()).isNotNull();
        assertThat(provider.questions()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"silent", "stalls"})
    void asksOnceWhereNothingCame(String model) {
        assertThat(Collected.from(client(impatience).open(question(model, "?"))).failure())
                .isNotNull();
        provider.awaitQuestion();
        assertThat(provider.questions()).hasSize(1);
    }

    @Test
    void aStopEndsTheWaitForAProviderThatIsBusy() throws Exception {
        provider.on("busy", (request, reply) -> reply.json(429, "{}", "Retry-After: 9"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Completion completion = client(patience).open(question("busy", "?"));
            Future<Collected> reader = threads.submit(() -> Collected.from(completion));
            provider.awaitQuestion();
            long stopped = System.nanoTime();
            completion.close();

            assertThat(reader.get().failed().sentence()).isEqualTo("The answer was stopped.");
            assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(Duration.ofSeconds(8));
        }
        assertThat(provider.questions()).hasSize(1);
    }

    private static byte[] chunks(String... words) {
        StringBuilder chunks = new StringBuilder();
        for (String word : words) {
            String event = "data: {\"choices\":[{\"delta\":{\"content\":\"" + word + "\"}}]}\n\n";
            chunks.append(Integer.toHexString(event.length()))
                    .append("\r\n")
                    .append(event)
                    .append("\r\n");
        }
        return chunks.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static void await(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IOException(e);
        }
    }

    private static ProviderHttp http(Duration connectTimeout) {
        return new ProviderHttp(connectTimeout, Duration.ofMillis(20), SSLContexts.createDefault());
    }

    private static Patience patience(long connectMillis) {
        Duration usual = Duration.ofSeconds(20);
        return new Patience(Duration.ofMillis(connectMillis), usual, usual, Duration.ZERO);
    }

    private Collected ask(String model, String question) {
        return Collected.from(client(patience).open(question(model, question)));
    }

    private ChatCompletions client(Patience patience) {
        return ChatCompletions.at(
                () -> http, Endpoint.of(provider.baseUrl(), KEY, Map.of()), patience, Clock.systemUTC());
    }

    private static ChatRequest question(String model, String question) {
        Prompt prompt = new Prompt(model, List.of(new Turn(Role.USER, question)), null, null);
        return new ChatRequest(model, prompt, 0.7, 100);
    }
}
