package dev.parley.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.errors.SseException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import dev.parley.Api;
import dev.parley.Api.Account;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import dev.parley.Provider;
import dev.parley.Stream;
import dev.parley.auth.NewAccounts;
import dev.parley.models.ScriptedProvider;
import dev.parley.shared.UserId;
import dev.parley.usage.Occasion;
import dev.parley.usage.Spent;
import dev.parley.web.SessionEnded;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// The API for OpenAI's clients, asked by OpenAI's own client and, where that would not send it, by hand.
@ApiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayApiTest {
    private static final String CHAT = "/v1/chat/completions";

    private final Api api;
    private final Account account;

    private final ApplicationEventPublisher events;

    GatewayApiTest(@LocalServerPort int port, @Autowired ApplicationEventPublisher events) {
        this.events = events;
        api = new Api(port);
        account = api.register();
    }

    private JsonNode key(String... scopes) {
        return key(account, scopes);
    }

    private JsonNode key(Account owner, String... scopes) {
        Answer made = api.as(owner).post("/api/v1/auth/keys", Map.of("name", "a program", "scopes", scopes));
        assertThat(made.status()).as(made.response().body()).isEqualTo(201);
        return made.data();
    }

    private Api program(String... scopes) {
        return api.with("Authorization", "Bearer " + key(scopes).path("key").asString());
    }

    /// A program of somebody else.
    private Api programOf(Account owner) {
        return api.with(
                "Authorization", "Bearer " + key(owner, "models").path("key").asString());
    }

    private Api operator(NewAccounts newAccounts) {
        String email = Api.freshEmail();
        newAccounts.superuser(email, Api.PASSWORD);
        return api.as(api.login(email));
    }

    private static String quota(Account owner) {
        return "/api/v1/admin/users/" + owner.id() + "/quota/";
    }

    private OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder()
                .apiKey(key)
                .baseUrl(api.base() + "/v1")
                .maxRetries(0)
                .build();
    }

    private OpenAIClient client() {
        return client(key("models").path("key").asString());
    }

    private static ChatCompletionCreateParams.Builder question(String model, String text) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage(text);
    }

    private static Map<String, Object> asked(String model, String text) {
        return Map.of("model", model, "messages", List.of(Map.of("role", "user", "content", text)));
    }

    private static Map<String, Object> streamed(String model, String text) {
        Map<String, Object> body = new HashMap<>(asked(model, text));
        body.put("stream", true);
        return body;
    }

    private static ScriptedProvider.Request questionWith(String text) {
        return Provider.shared().questions().stream()
                .filter(request -> request.body().contains(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The provider was not asked " + text));
    }

    private static String unique() {
        return "word-" + UUID.randomUUID();
    }

    @Test
    void listsTheModels() {
        List<Model> models = client().models().list().data();

        assertThat(models).extracting(Model::id).contains("echo", "spare/stand-in");
        assertThat(client().models().retrieve("echo").ownedBy()).isEqualTo("openai");
        assertThat(client().models().retrieve("spare/stand-in").id()).isEqualTo("spare/stand-in");
        Api program = program("models");
        for (String name : List.of("spare/stand-in", "spare%2Fstand-in", "spare%2fstand-in")) {
            Answer named = program.get("/v1/models/" + name);
            assertThat(named.status()).as(named.response().body()).isEqualTo(200);
            assertThat(named.body().path("id").asString()).isEqualTo("spare/stand-in");
        }
    }

    @Test
    void onlyTheNameOfAModelHasEncodedSlashes() {
        Api program = program("models");
        for (String path : List.of(
                "/v1%2Fmodels",
                "/v1/models%2Fecho",
                "/v1/chat%2Fcompletions",
                "/v1/models/..%2F..%2Fapi/v1/auth/me",
                "/v1/models/..%2F..%2Fhealth",
                "/v1/models/%2e%2e%2Fmodels",
                "/v1/models/a%2F%2Fb",
                "/v1/models/a%2F%2e%2e%2F%2e%2e%2Fb",
                "/v1/models/a%252Fb",
                "/v1/models/../..%2Fapi/v1/auth/me",
                "/api/v1/models%2Fecho",
                "/assets/..%2Findex.html")) {
            assertThat(program.get(path).status()).as(path).isEqualTo(400);
        }
        assertError(program.get("/v1/models/spare%2Fa%3Ab"), 404, "model_not_found");
    }

    @Test
    void answersWhole() {
        ChatCompletion answer = client().chat()
                .completions()
                .create(question("echo", "Hello there").build());

        assertThat(answer.id()).startsWith("chatcmpl-");
        assertThat(answer.model()).isEqualTo("echo");
        ChatCompletion.Choice choice = answer.choices().getFirst();
        assertThat(choice.message().content()).contains("You asked: Hello there");
        assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(answer.usage().orElseThrow().promptTokens()).isEqualTo(11);
        assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(15);
    }

    @Test
    void answersInPieces() {
        List<ChatCompletionChunk> chunks;
        try (StreamResponse<ChatCompletionChunk> stream = client().chat()
                .completions()
                .createStreaming(question("split", "Hello")
                        .streamOptions(ChatCompletionStreamOptions.builder()
                                .includeUsage(true)
                                .build())
                        .build())) {
            chunks = stream.stream().toList();
        }

        assertThat(text(chunks)).isEqualTo(ScriptedProvider.SPLIT_TEXT);
        assertThat(chunks.getFirst().choices().getFirst().delta().role())
                .contains(ChatCompletionChunk.Choice.Delta.Role.ASSISTANT);
        assertThat(chunks.getLast().choices()).isEmpty();
        assertThat(chunks.getLast().usage().orElseThrow().completionTokens()).isEqualTo(5);
        assertThat(chunks.get(chunks.size() - 2).choices().getFirst().finishReason())
                .contains(ChatCompletionChunk.Choice.FinishReason.STOP);
        assertThat(chunks)
                .extracting(ChatCompletionChunk::id)
                .containsOnly(chunks.getFirst().id());
    }

    private static String text(List<ChatCompletionChunk> chunks) {
        return chunks.stream()
                .flatMap(chunk -> chunk.choices().stream())
                .flatMap(choice -> choice.delta().content().stream())
                .collect(Collectors.joining());
    }

    @Test
    void streamsAsOpenAiDoes() {
        Answer answer = program("models").post(CHAT, streamed("echo", "Hello"));

        assertThat(answer.header("Content-Type")).startsWith("text/event-stream");
        String body = answer.response().body();
        assertThat(body)
                .endsWith("data: [DONE]\n\n")
                .doesNotContain("\"usage\"")
                .contains("\"finish_reason\":null");
        assertThat(body.lines().filter(line -> !line.isEmpty())).allMatch(line -> line.startsWith("data: "));
    }

    @Test
    void asksTheModelWhatTheProgramAsks() {
        String word = unique();
        Answer answer = program("models")
                .post(
                        CHAT,
                        Map.of(
                                "model",
                                "echo",
                                "messages",
                                List.of(
                                        Map.of("role", "developer", "content", "Be brief."),
                                        Map.of("role", "user", "content", "One"),
                                        Map.of("role", "assistant", "content", "Two"),
                                        Map.of(
                                                "role",
                                                "user",
                                                "content",
                                                List.of(
                                                        Map.of("type", "text", "text", word),
                                                        Map.of("type", "text", "text", "again")))),
                                "temperature",
                                0.25,
                                "max_completion_tokens",
                                321,
                                "top_p",
                                0.5,
                                "response_format",
                                Map.of("type", "json_object"),
                                "user",
                                "somebody",
                                "tools",
                                List.of()));

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        JsonNode asked = questionWith(word).json();
        assertThat(asked.path("messages").valueStream())
                .extracting(message -> message.path("role").asString() + ": "
                        + message.path("content").asString())
                .containsExactly("system: Be brief.", "user: One", "assistant: Two", "user: " + word + "\nagain");
        assertThat(asked.path("temperature").asDouble()).isEqualTo(0.25);
        assertThat(asked.path("max_tokens").asInt()).isEqualTo(321);
        assertThat(asked.path("top_p").asDouble()).isEqualTo(0.5);
        assertThat(asked.path("response_format").path("type").asString()).isEqualTo("json_object");
        assertThat(asked.has("user")).isFalse();
    }

    @Test
    void endsBeforeAStopWordOfWhichTheModelKnowsNothing() {
        ChatCompletion answer = client().chat()
                .completions()
                .create(question("echo", "one two three four")
                        .stopOfStrings(List.of("three"))
                        .build());

        assertThat(answer.choices().getFirst().message().content()).contains("You asked: one two ");
    }

    @Test
    void tellsOfThinkingApart() {
        Answer answer = program("models").post(CHAT, asked("reasoning", "Hello"));

        JsonNode message = answer.body().path("choices").path(0).path("message");
        assertThat(message.path("content").asString()).isEqualTo("The answer is 42.");
        assertThat(message.path("reasoning_content").asString()).isEqualTo("Let me think. ");
    }

    @Test
    void tellsWhatTextsMean() {
        EmbeddingCreateParams params = EmbeddingCreateParams.builder()
                .model("meaning")
                .inputOfArrayOfStrings(List.of("four", "sixsix"))
                .build();

        var answer = client().embeddings().create(params);

        assertThat(answer.data())
                .extracting(one -> one.embedding())
                .containsExactly(List.of(4f, 0.5f, -1f), List.of(6f, 0.5f, -1f));
        assertThat(answer.usage().promptTokens()).isEqualTo(2);
        Answer plain = program("models").post("/v1/embeddings", Map.of("model", "meaning", "input", "four"));
        assertThat(plain.body().path("data").path(0).path("embedding").path(2).asDouble())
                .isEqualTo(-1);
        Answer packed = program("models")
                .post("/v1/embeddings", Map.of("model", "meaning", "input", "four", "encoding_format", "base64"));
        assertThat(packed.body().path("data").path(0).path("embedding").asString())
                .isEqualTo("AACAQAAAAD8AAIC/");
    }

    @Test
    void manyTextsAreAskedForAFewAtATime() {
        List<String> texts = IntStream.rangeClosed(1, 70).mapToObj("x"::repeat).toList();

        Answer answer = program("models").post("/v1/embeddings", Map.of("model", "meaning", "input", texts));

        assertThat(answer.body().path("data").valueStream())
                .extracting(one -> one.path("embedding").path(0).asInt())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 70).boxed().toList());
        assertThat(answer.body().path("usage").path("total_tokens").asInt()).isEqualTo(70);
    }

    @Test
    void remembersOnlyWhenAsked() {
        api.as(account).post("/api/v1/memories", Map.of("content", "The user's parrot is called Admiral"));
        Api both = program("models", "memories");
        String without = unique();
        String with = unique();

        both.post(CHAT, asked("echo", "What is my parrot called? " + without));
        Answer answer =
                both.with("X-Parley-Memory", "on").post(CHAT, asked("echo", "What is my parrot called? " + with));

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(questionWith(without).body()).doesNotContain("Admiral");
        assertThat(questionWith(with).body()).contains("Admiral");
        assertThat(api.as(account).get("/api/v1/chats").data().path("items")).isEmpty();
        Answer closed = program("models").with("X-Parley-Memory", "on").post(CHAT, asked("echo", "Well?"));
        assertThat(closed.status()).isEqualTo(403);
        assertThat(closed.code()).isEqualTo("insufficient_permissions");
        assertThat(both.with("X-Parley-Memory", "perhaps")
                        .post(CHAT, asked("echo", "Well?"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void onlyAKeyMadeForModelsOpensIt() {
        assertThatThrownBy(() -> client("parley_" + "0".repeat(50)).models().list())
                .isInstanceOf(UnauthorizedException.class);
        Answer nobody = api.get("/v1/models");
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.code()).isEqualTo("invalid_api_key");
        assertThat(nobody.body().has("success")).isFalse();
        assertThat(api.as(account).get("/v1/models").status()).isEqualTo(401);
        Answer other = program("chats").get("/v1/models");
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.code()).isEqualTo("insufficient_permissions");
    }

    @Test
    void namesTheModelThatIsNotThere() {
        NotFoundException failure = catchThrowableOfType(
                NotFoundException.class,
                () -> client().chat()
                        .completions()
                        .create(question("no-such-model", "Hello").build()));

        assertThat(failure.code()).contains("model_not_found");
        assertThat(failure.param()).contains("model");
        Answer unknown = program("models").get("/v1/models/no-such-model");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.code()).isEqualTo("model_not_found");
        Provider.shared().on("no-meaning", (_, reply) -> reply.json(404, "{}"));
        Answer meaning = program("models").post("/v1/embeddings", Map.of("model", "no-meaning", "input", "four"));
        assertThat(meaning.status()).isEqualTo(404);
        assertThat(meaning.code()).isEqualTo("model_not_found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"messages": []}                                                                       | model
            {"model": "echo"}                                                                      | messages
            {"model": "echo", "messages": []}                                                      | messages
            {"model": "echo", "messages": "Hello"}                                                 | messages
            {"model": "echo", "messages": [{"role": "king", "content": "x"}]}                      | messages[0].role
            {"model": "echo", "messages": [{"role": "user"}]}                                      | messages[0].content
            {"model": "echo", "messages": [{"role": "tool", "content": "x"}]}                      | messages[0]
            {"model": "echo", "messages": [{"role": "user", "content": [{"type": "image_url"}]}]}  | messages[0].content[0]
            {"model": "echo", "messages": [{"role": "user", "content": "x"}], "tools": [{}]}       | tools
            {"model": "echo", "messages": [{"role": "user", "content": "x"}], "n": 2}              | n
            {"model": "echo", "messages": [{"role": "user", "content": "x"}], "temperature": 3}    | temperature
            {"model": "echo", "messages": [{"role": "user", "content": "x"}], "max_tokens": 0}     | max_tokens
            {"model": "echo", "messages": [{"role": "user", "content": "x"}], "stream": "yes"}     | stream
            {"model": "echo", "messages": [{"role": "user", "content": "x"}], "stop": [""]}        | stop
            {"model": "echo", "messages": [{"role": "user", "content": "x"}], "logprobs": true}    | logprobs
            {"model": "echo", "messages": [{"role": "user", "content": "x"}], "web_search_options": {}} | web_search_options
            {"model": "echo", "messages": [{"role": "user", "content": "x"}], "modalities": ["audio"]}  | modalities
            """)
    void saysWhichFieldIsToBlame(String body, String param) {
        Answer answer = program("models").post(CHAT, body);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        JsonNode error = answer.body().path("error");
        assertThat(error.path("param").asString("")).isEqualTo(param);
        assertThat(error.path("type").asString("")).isEqualTo("invalid_request_error");
        assertThat(error.path("message").asString("")).isNotEmpty();
    }

    @Test
    void everyLayerSpeaksTheSameForm() {
        Api program = program("models");
        assertError(program.get("/v1/nothing"), 404, "unknown_url");
        assertError(program.get(CHAT), 405, "method_not_allowed");
        assertError(program.with("Accept", "text/html").get("/v1/nothing"), 404, "unknown_url");
        Map<String, Object> longStop = new HashMap<>(asked("echo", "Hello"));
        longStop.put("stop", "x".repeat(501));
        assertError(program.post(CHAT, longStop), 400, "invalid_value");
        Answer malformed = program.post(CHAT, "{\"model\": ");
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.body().path("error").path("code").isNull()).isTrue();
        assertError(
                program.with("Content-Type", "text/plain").send("POST", CHAT, BodyPublishers.ofString("{}")),
                415,
                "unsupported_media_type");
        assertError(program.post(CHAT, asked("echo", "x".repeat(2 << 20))), 413, "payload_too_large");
    }

    private static void assertError(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.body().propertyNames()).containsExactly("error");
        assertThat(answer.body().path("error").propertyNames())
                .containsExactlyInAnyOrder("message", "type", "param", "code");
        assertThat(answer.header("X-Request-Id")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"status-500, 502", "status-401, 502", "status-429, 502", "garbage, 502", "cut, 502", "silent, 504"})
    void aProvidersFailureIsTheServersToThem(String model, int status) {
        Answer answer = program("models").post(CHAT, asked(model, "Hello"));

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.body().path("error").path("type").asString()).isEqualTo("server_error");
        assertThat(answer.response().body()).doesNotContain(ScriptedProvider.SECRET);
    }

    @Test
    void aFailureInTheMiddleEndsTheStream() {
        try (StreamResponse<ChatCompletionChunk> stream = client().chat()
                .completions()
                .createStreaming(question("error-inside", "Hello").build())) {
            assertThatThrownBy(() -> stream.stream().toList()).isInstanceOf(SseException.class);
        }
        Answer refused = program("models").post(CHAT, streamed("status-500", "Hello"));
        assertThat(refused.status()).as("before anything was said").isEqualTo(502);
    }

    @Test
    void aFailureThatIsToldInAStreamIsCountedAsOne(@Autowired JdbcClient jdbc) {
        Account owner = api.register();

        Answer told = programOf(owner).post(CHAT, streamed("error-inside", "Hello"));

        assertThat(told.status()).isEqualTo(200);
        assertThat(told.response().body()).contains("\"error\":{").doesNotContain("[DONE]");
        await().untilAsserted(() -> assertThat(jdbc.sql("""
                        select coalesce(sum(errors), 0) from usage_slot where owner_id = :owner and minutes = 5
                        """)
                        .param("owner", UUID.fromString(owner.id()))
                        .query(Integer.class)
                        .single())
                .isEqualTo(1));
    }

    @Test
    void whoGoesAwayStopsTheModel() {
        String word = unique();

        try (Stream stream = program("models").stream("POST", CHAT, endless(word))) {
            assertThat(stream.next()).isNotNull();
        }

        questionWith(word).awaitHangUp();
    }

    @Test
    void aDeletedKeyEndsWhatItAsked() {
        String word = unique();
        JsonNode key = key("models");

        Api program = api.with("Authorization", "Bearer " + key.path("key").asString());
        try (Stream stream = program.stream("POST", CHAT, endless(word))) {
            assertThat(stream.next()).isNotNull();
            api.as(account).delete("/api/v1/auth/keys/" + key.path("id").asString());
            questionWith(word).awaitHangUp();
        }
    }

    @Test
    void aDeletedKeyAsksNothingMoreOfTextsThatMeanSomething() {
        JsonNode key = key("models");
        Provider.shared().on("meaning-of-the-deleted", (_, reply) -> {
            events.publishEvent(new SessionEnded(UUID.fromString(key.path("id").asString())));
            reply.json(200, """
                    {"data": [%s]}
                    """.formatted(
                            IntStream.range(0, 32).mapToObj("""
                            {"index": %d, "embedding": [1]}\
                            """::formatted).collect(Collectors.joining(", "))));
        });

        Answer answer = api.with("Authorization", "Bearer " + key.path("key").asString())
                .post(
                        "/v1/embeddings",
                        Map.of("model", "meaning-of-the-deleted", "input", Collections.nCopies(64, "some text")));

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(401);
        assertThat(Provider.shared().questions("meaning-of-the-deleted")).hasSize(1);
    }

    private static Map<String, Object> endless(String word) {
        Provider.shared().on("endless", (request, reply) -> {
            reply.stream();
            while (true) {
                reply.text("and on ");
            }
        });
        return streamed("endless", word);
    }

    @Test
    void whatAProgramAsksIsBoundByItsOwnersQuota(@Autowired NewAccounts newAccounts) {
        Account owner = api.register();
        Api program = programOf(owner);
        Api operator = operator(newAccounts);
        String quota = quota(owner);
        operator.put(quota, Map.of("day_tokens", 4_000));

        assertThat(program.post(CHAT, asked("tokens-40", "How much?")).status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(used(api.as(owner))).isEqualTo(47));
        assertThat(program.post("/v1/embeddings", Map.of("model", "meaning", "input", "four"))
                        .status())
                .isEqualTo(200);
        operator.put(quota, Map.of("day_tokens", 1_000));

        Map<String, Object> tooLong = streamed("tokens-40", unique());
        Answer refused = program.post(CHAT, tooLong);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body().path("error").path("code").asString()).isEqualTo("insufficient_quota");
        assertThat(Long.parseLong(refused.header("Retry-After"))).isPositive();
        tooLong.put("max_tokens", 100);
        assertThat(program.post(CHAT, tooLong).status()).isEqualTo(200);
        operator.put(quota, Map.of("day_tokens", 1));
        assertThat(program.post("/v1/embeddings", Map.of("model", "meaning", "input", "four"))
                        .status())
                .isEqualTo(429);
    }

    @Test
    void aNameThatNoModelCanHaveIsRefused() {
        String random = unique().repeat(1 + 3_000 / unique().length());
        Api program = program("models");
        for (String name : List.of("\u0000", " ", "x".repeat(201), random)) {
            for (Answer refused : List.of(
                    program.post(CHAT, asked(name, "Hello")),
                    program.post("/v1/embeddings", Map.of("model", name, "input", "four")))) {
                assertThat(refused.status()).as(refused.response().body()).isEqualTo(400);
                assertThat(refused.body().path("error").path("param").asString())
                        .isEqualTo("model");
            }
        }
    }

    @Test
    void whatWasNotAnsweredIsNotCounted(@Autowired JdbcClient jdbc) {
        String unknown = unique();
        Provider.shared().on(unknown, (_, reply) -> reply.json(404, "{}"));
        Api program = program("models");

        assertThat(program.post("/v1/embeddings", Map.of("model", unknown, "input", "four"))
                        .status())
                .isEqualTo(404);
        assertThat(program.post(CHAT, asked(unknown, "Hello")).status()).isEqualTo(404);

        assertThat(jdbc.sql("select count(*) from usage_slot where model = :model")
                        .param("model", unknown)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void whatAProviderDoesNotCountIsCountedHere() {
        Provider.shared().on("meaning-uncounted", (_, reply) -> reply.json(200, """
                {"data": [{"index": 0, "embedding": [1]}, {"index": 1, "embedding": [2]}]}
                """));
        Account owner = api.register();

        Answer answer = programOf(owner)
                .post(
                        "/v1/embeddings",
                        Map.of("model", "meaning-uncounted", "input", List.of("twelve bytes", "five…")));

        assertThat(answer.body().path("usage").path("total_tokens").asInt()).isEqualTo(5);
        assertThat(used(api.as(owner))).isEqualTo(5);
    }

    @Test
    void howLongAnAnswerMayBeIsHeldAsOperatorsHaveSetIt(@Autowired NewAccounts newAccounts) {
        Account owner = api.register();
        Api program = programOf(owner);
        Api operator = operator(newAccounts);
        operator.put(quota(owner), Map.of("day_tokens", 4_000));
        String setting = "/api/v1/admin/settings/OPENAI_MAX_TOKENS/";
        try {
            assertThat(operator.put(setting, Map.of("value", "5000")).status()).isEqualTo(200);

            assertThat(program.post(CHAT, asked("tokens-40", "How much?")).status())
                    .isEqualTo(429);
        } finally {
            operator.delete(setting);
        }
        assertThat(program.post(CHAT, asked("tokens-40", "How much?")).status()).isEqualTo(200);
    }

    /// The count is undone as a whole, and what was held with it is held again.
    @Test
    void whatCannotBeCountedIsHeldNoLonger(
            @Autowired NewAccounts newAccounts, @Autowired Quota quota, @Autowired JdbcClient jdbc) {
        Account account = api.register();
        UserId owner = new UserId(UUID.fromString(account.id()));
        operator(newAccounts).put(quota(account), Map.of("day_tokens", 4_000));
        UUID held = quota.hold(owner, "echo", List.of("some text"));
        assertThat(held(jdbc, owner)).isPositive();

        Spent uncountable = new Spent("no text has \u0000", 5, 5);
        assertThatThrownBy(() -> quota.settle(owner, held, uncountable, Occasion.BACKGROUND))
                .isInstanceOf(DataAccessException.class);

        assertThat(held(jdbc, owner)).isZero();
    }

    private static long held(JdbcClient jdbc, UserId owner) {
        return jdbc.sql("select held_tokens from quota_use where owner_id = :owner")
                .param("owner", owner.value())
                .query(Long.class)
                .single();
    }

    private static long used(Api owner) {
        return owner.get("/api/v1/users/usage/")
                .data()
                .path("day")
                .path("tokens")
                .asLong();
    }
}
