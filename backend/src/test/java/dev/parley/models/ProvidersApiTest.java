package dev.parley.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.Api;
import dev.parley.Api.Account;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import dev.parley.auth.NewAccounts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// What operators decide about language models, over HTTP, with a real provider.
@NullMarked
@ApiTest
@ExtendWith(OutputCaptureExtension.class)
class ProvidersApiTest {
    private static final String PROVIDERS = "/api/v1/admin/providers/";
    private static final String MODELS = "/api/v1/admin/models/";
    private static final String KEY = "sk-a-key-that-nobody-may-see-7f3a";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ScriptedProvider server = ScriptedProvider.start();
    private final Api operator;
    private final Api person;
    private final JdbcClient jdbc;
    private final Providers providers;

    ProvidersApiTest(
            @LocalServerPort int port,
            @Autowired NewAccounts newAccounts,
            @Autowired JdbcClient jdbc,
            @Autowired Providers providers) {
        this.jdbc = jdbc;
        this.providers = providers;
        Api api = new Api(port);
        String email = Api.freshEmail();
        newAccounts.superuser(email, Api.PASSWORD);
        operator = api.as(api.login(email));
        Account account = api.register();
        person = api.as(account);
    }

    @AfterEach
    void removeThem() {
        for (Providers.Standing standing : providers.list()) {
            if (standing.added() != null) {
                operator.delete(PROVIDERS + standing.source().name());
            }
        }
        for (String model : List.of("tokens-40", "echo")) {
            operator.put(MODELS, Map.of("id", model));
        }
        operator.patch(PROVIDERS + "spare/", "{\"enabled\": true}");
        server.close();
    }

    private Answer add(String name) {
        return operator.post(
                PROVIDERS, Map.of("name", name, "dialect", "openai", "url", server.baseUrl() + "/", "api_key", KEY));
    }

    private List<String> offered() {
        return person.get("/api/v1/models/")
                .data()
                .path("items")
                .valueStream()
                .map(model -> model.path("id").asString())
                .toList();
    }

    private void awaitOffered(String id) {
        await().atMost(PATIENCE).until(() -> offered().contains(id));
    }

    private Answer ask(String model) {
        String chat = person.post("/api/v1/chats/", Map.of()).data().path("id").asString();
        return person.post("/api/v1/chats/" + chat + "/messages/", Map.of("content", "Hello?", "model", model));
    }

    @Test
    void whatIsAddedAnswersAtOnceAndItsKeyIsSeenNoMore(CapturedOutput log) {
        server.lists("echo", "other");

        Answer added = add("added");

        assertThat(added.status()).as(added.response().body()).isEqualTo(201);
        JsonNode view = added.data();
        assertThat(view.path("origin").asString()).isEqualTo("operator");
        assertThat(view.path("key_set").asBoolean()).isTrue();
        assertThat(view.path("key_end").asString()).isEqualTo("7f3a");
        awaitOffered("added/echo");
        assertThat(ask("added/echo").status()).isEqualTo(201);
        assertThat(server.awaitQuestion().headers()).containsEntry("Authorization", "Bearer " + KEY);

        assertThat(jdbc.sql("select api_key from provider where name = 'added'")
                        .query(String.class)
                        .single())
                .isNotEmpty()
                .doesNotContain(KEY, "7f3a");
        assertThat(operator.get(PROVIDERS).response().body()).contains("7f3a").doesNotContain(KEY.substring(0, 12));
        assertThat(operator.get("/api/v1/admin/audit/?action=provider.added")
                        .data()
                        .path("items")
                        .get(0)
                        .path("details")
                        .path("provider")
                        .asString())
                .isEqualTo("added");
        assertThat(operator.get("/api/v1/admin/audit/").response().body()).doesNotContain("sk-a-key");
        assertThat(log.getAll()).doesNotContain("sk-a-key");
    }

    @Test
    void whatIsTurnedOffOrRemovedIsAskedNoMore() {
        add("added");
        awaitOffered("added/echo");

        operator.patch(PROVIDERS + "added/", "{\"enabled\": false}");
        assertThat(offered()).doesNotContain("added/echo");
        assertThat(ask("added/echo").status()).isEqualTo(422);

        operator.patch(PROVIDERS + "added/", "{\"enabled\": true}");
        awaitOffered("added/echo");

        assertThat(operator.delete(PROVIDERS + "added/").status()).isEqualTo(200);
        assertThat(offered()).doesNotContain("added/echo");
        assertThat(operator.delete(PROVIDERS + "added/").status()).isEqualTo(404);
        assertThat(jdbc.sql("select count(*) from provider").query(Long.class).single())
                .isZero();
    }

    @Test
    void theEnvironmentsAreShownAndCanBeTurnedOffAndNothingElse() {
        assertThat(operator.get(PROVIDERS)
                        .data()
                        .path("items")
                        .get(0)
                        .path("origin")
                        .asString())
                .isEqualTo("environment");
        assertThat(offered()).contains("spare/stand-in");

        operator.patch(PROVIDERS + "spare/", "{\"enabled\": false}");

        assertThat(offered()).doesNotContain("spare/stand-in");
        assertThat(operator.delete(PROVIDERS + "spare/").code()).isEqualTo("CONFLICT");
        assertThat(operator.put(
                                PROVIDERS + "spare/",
                                Map.of(
                                        "dialect",
                                        "openai",
                                        "url",
                                        server.baseUrl().toString()))
                        .code())
                .isEqualTo("CONFLICT");
        assertThat(add("spare").code()).isEqualTo("CONFLICT");

        operator.patch(PROVIDERS + "spare/", "{\"enabled\": true}");
        assertThat(offered()).contains("spare/stand-in");
    }

    /// Else whoever has an operator's session would have the key sent to himself.
    @Test
    void aKeyGoesToNoOtherAddress() {
        add("added");
        Map<String, Object> elsewhere = Map.of("dialect", "openai", "url", "http://127.0.0.1:9/v1");

        assertThat(operator.put(PROVIDERS + "added/", elsewhere)
                        .fields()
                        .path("api_key")
                        .size())
                .isEqualTo(1);

        assertThat(operator.put(
                                PROVIDERS + "added/",
                                Map.of("dialect", "openai", "url", server.baseUrl() + "/below", "models", List.of("m")))
                        .data()
                        .path("key_end")
                        .asString())
                .isEqualTo("7f3a");
        JsonNode changed = operator.put(
                        PROVIDERS + "added/",
                        Map.of("dialect", "openai", "url", "http://127.0.0.1:9/v1", "api_key", ""))
                .data();
        assertThat(changed.path("key_set").asBoolean()).isFalse();
        assertThat(changed.path("models").size()).isZero();
    }

    /// As after a change of `SECRET_KEY`.
    @Test
    void aKeyThatCannotBeOpenedIsSaidAndNotSent() {
        add("added");
        awaitOffered("added/echo");
        jdbc.sql("update provider set api_key = 'AAAA', changed_at = now() where name = 'added'")
                .update();

        // Any change has all of them read again.
        operator.put(MODELS, Map.of("id", "added/echo"));

        assertThat(provider("added").path("problem").asString("")).contains("another SECRET_KEY");
        assertThat(offered()).doesNotContain("added/echo");
        assertThat(operator.post(PROVIDERS + "added/test/")
                        .data()
                        .path("sentence")
                        .asString())
                .contains("another SECRET_KEY");
    }

    private JsonNode provider(String name) {
        return operator.get(PROVIDERS)
                .data()
                .path("items")
                .valueStream()
                .filter(item -> item.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name     | {"name": "Big", "dialect": "openai", "url": "http://h/v1"}
            name     | {"name": "openai", "dialect": "openai", "url": "http://h/v1"}
            name     | {"dialect": "openai", "url": "http://h/v1"}
            dialect  | {"name": "new", "dialect": "azure", "url": "http://h/v1"}
            url      | {"name": "new", "dialect": "openai", "url": "file:///etc/passwd"}
            url      | {"name": "new", "dialect": "openai", "url": "http://user:secret@h/v1"}
            url      | {"name": "new", "dialect": "openai", "url": "http://h/v1?key=1"}
            url      | {"name": "new", "dialect": "openai", "url": "http://h/v1#a"}
            url      | {"name": "new", "dialect": "openai", "url": "http://h:0/v1"}
            url      | {"name": "new", "dialect": "openai", "url": "//h/v1"}
            api_key  | {"name": "new", "dialect": "openai", "url": "http://h/v1", "api_key": "a b"}
            models   | {"name": "new", "dialect": "openai", "url": "http://h/v1", "models": ["a b"]}
            models   | {"name": "new", "dialect": "openai", "url": "http://h/v1", "models": [""]}
            context_window | {"name": "new", "dialect": "openai", "url": "http://h/v1", "context_window": 3}
            """)
    void whatCannotBeRightIsRefused(String field, String body) {
        Answer refused = operator.post(PROVIDERS, body);

        assertThat(refused.status()).as(refused.response().body()).isEqualTo(422);
        assertThat(refused.fields().propertyNames()).containsExactly(field);
    }

    @Test
    void aTestSaysWhetherItWorksAndWhyNot() {
        server.lists("echo", "status-401", "silent");
        add("added");

        JsonNode works = test("added", "{}");
        assertThat(works.path("works").asBoolean()).isTrue();
        assertThat(works.path("sentence").asString()).startsWith("It works: added/echo answered after ");

        JsonNode refused = test("added", "{\"model\": \"added/status-401\"}");
        assertThat(refused.path("works").asBoolean()).isFalse();
        assertThat(refused.path("sentence").asString()).contains("did not accept this server's API key");

        assertThat(operator.post(PROVIDERS + "added/test/", "{\"model\": \"echo\"}")
                        .status())
                .isEqualTo(422);
        assertThat(operator.post(PROVIDERS + "nobody/test/").status()).isEqualTo(404);
        assertThat(test("spare", "{}").path("works").asBoolean()).isFalse();
    }

    @Test
    void aTestOfWhatThisServerMayNotGoToSaysSo() {
        Map<String, String> clouds = Map.of(
                "written", "http://169.254.169.254/latest/meta-data",
                "mapped", "http://[::ffff:169.254.169.254]",
                "decimal", "http://2852039166/v1");
        clouds.forEach((name, url) -> operator.post(PROVIDERS, Map.of("name", name, "dialect", "ollama", "url", url)));

        for (String name : clouds.keySet()) {
            assertThat(test(name, "{}").path("sentence").asString())
                    .as(name)
                    .contains("none that this server may go to");
        }
    }

    private JsonNode test(String name, String body) {
        return operator.post(PROVIDERS + name + "/test/", body).data();
    }

    @Test
    void anOllamaIsAskedForWhatIsInstalled() {
        server.lists("llama3.2:latest");

        Answer added = operator.post(
                PROVIDERS,
                Map.of(
                        "name",
                        "workshop",
                        "dialect",
                        "ollama",
                        "url",
                        "http://127.0.0.1:" + server.baseUrl().getPort()));

        assertThat(added.status()).isEqualTo(201);
        awaitOffered("workshop/llama3.2:latest");
        assertThat(test("workshop", "{}").path("works").asBoolean()).isTrue();
    }

    @Test
    void aModelThatIsNotOfferedIsNeitherListedNorAsked() {
        awaitOffered("tokens-40");
        operator.put(MODELS, "{\"id\": \"tokens-40\", \"enabled\": false}");

        assertThat(offered()).doesNotContain("tokens-40");
        assertThat(ask("tokens-40").status()).isEqualTo(422);
        assertThat(model("tokens-40").path("enabled").asBoolean()).isFalse();

        operator.put(MODELS, "{\"id\": \"tokens-40\", \"enabled\": true}");
        assertThat(offered()).contains("tokens-40");
    }

    @Test
    void aModelsLimitsHoldWhateverAChatAsksFor() {
        server.lists("echo");
        add("added");
        awaitOffered("added/echo");

        Answer limited =
                operator.put(MODELS, "{\"id\": \"added/echo\", \"context_window\": 5000, \"max_tokens\": 321}");

        assertThat(limited.data().path("context_window").asInt()).isEqualTo(5_000);
        assertThat(limited.data().path("window_limit").asInt()).isEqualTo(5_000);
        assertThat(person.get("/api/v1/models/")
                        .data()
                        .path("items")
                        .valueStream()
                        .filter(model -> model.path("id").asString().equals("added/echo"))
                        .findFirst()
                        .orElseThrow()
                        .path("context_window")
                        .asInt())
                .isEqualTo(5_000);
        assertThat(lengthAskedFor(Map.of(), null)).isEqualTo(321);
        assertThat(lengthAskedFor(Map.of("max_tokens", 100), null)).isEqualTo(100);
        assertThat(lengthAskedFor(Map.of("max_tokens", 5_000), null)).isEqualTo(321);
        // As an import may leave it.
        assertThat(lengthAskedFor(Map.of(), -7)).isEqualTo(321);
        assertThat(lengthAskedFor(Map.of(), 0)).isEqualTo(321);
        assertThat(operator.put(MODELS, "{\"id\": \"nobody/none\"}").status()).isEqualTo(404);
        assertThat(operator.put(MODELS, "{\"id\": \"added/echo\", \"max_tokens\": 0}")
                        .status())
                .isEqualTo(422);
    }

    /// @param stored what stands in the chat all the same
    private int lengthAskedFor(Map<String, ?> settings, @Nullable Integer stored) {
        String chat = person.post("/api/v1/chats/", Map.of("settings", settings))
                .data()
                .path("id")
                .asString();
        if (stored != null) {
            jdbc.sql("update chat set settings = jsonb_set(settings, '{max_tokens}', to_jsonb(:tokens)) where id = :id")
                    .param("tokens", stored)
                    .param("id", UUID.fromString(chat))
                    .update();
        }
        String question = "How long? " + chat;
        Answer answer =
                person.post("/api/v1/chats/" + chat + "/messages/", Map.of("content", question, "model", "added/echo"));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return server.questions().stream()
                .filter(request -> request.question().equals(question))
                .findFirst()
                .orElseThrow()
                .json()
                .path("max_tokens")
                .asInt();
    }

    private JsonNode model(String id) {
        return operator.get(MODELS)
                .data()
                .path("items")
                .valueStream()
                .filter(model -> model.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
