package dev.parley.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.models.Models.Capabilities;
import dev.parley.models.Models.Model;
import dev.parley.models.ModelsProperties.Form;
import dev.parley.models.ModelsProperties.Named;
import dev.parley.models.Prompt.Role;
import dev.parley.models.Prompt.Turn;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/// Providers that the operator named, each a real server.
@NullMarked
@Timeout(60)
class NamedProvidersTest {
    private static final Capabilities TEXT = new Capabilities(false, false, false);

    private final ScriptedProvider near = ScriptedProvider.start();
    private final ScriptedProvider far = ScriptedProvider.start();
    private final ProviderHttp.Lazy http = new ProviderHttp.Lazy(Duration.ofSeconds(20));

    @AfterEach
    void stop() throws IOException {
        http.close();
        near.close();
        far.close();
    }

    @Test
    void eachOffersItsModelsUnderItsNameInTheOrderOfTheProviders() {
        near.lists("b", "a", "text-embedding-3");
        Catalogue catalogue = catalogue(
                chat("near", near.baseUrl(), List.of()), chat("far", far.baseUrl(), List.of("z", "org/y:free")));
        awaitModel(catalogue, "near/a");

        assertThat(catalogue.list())
                .extracting(Model::id)
                .containsExactly("near/a", "near/b", "far/z", "far/org/y:free");
        assertThat(catalogue.list()).extracting(Model::provider).containsExactly("near", "near", "far", "far");
        assertThat(catalogue.list()).extracting(Model::name).containsExactly("a", "b", "z", "org/y:free");
    }

    @Test
    void eachIsAskedWithItsOwnKeyAndHeaders() {
        Named named = new Named(
                "far",
                far.baseUrl(),
                "k-1",
                Form.OPENAI,
                "",
                List.of("org/y:free"),
                "X-Title: Parley;X-Team:  a:b",
                null,
                null,
                null);

        assertThat(ask(catalogue(named), "far/org/y:free").text()).isEqualTo("You asked: Hello?");
        ScriptedProvider.Request asked = far.awaitQuestion();
        assertThat(asked.model()).isEqualTo("org/y:free");
        assertThat(asked.path()).isEqualTo("/v1/chat/completions");
        assertThat(asked.headers())
                .containsEntry("Authorization", "Bearer k-1")
                .containsEntry("X-Title", "Parley")
                .containsEntry("X-Team", "a:b");
        assertThat(named.toString()).doesNotContain("k-1", "Parley");
    }

    @Test
    void azureIsAskedAtTheAddressOfTheDeployment() {
        Named azure =
                new Named("azure", root(far), "k-2", Form.AZURE, "2024-10-21", List.of("my gpt"), "", null, null, null);

        assertThat(ask(catalogue(azure), "azure/my gpt").text()).isEqualTo("You asked: Hello?");
        ScriptedProvider.Request asked = far.awaitQuestion();
        assertThat(asked.path()).isEqualTo("/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21");
        assertThat(asked.headers()).containsEntry("api-key", "k-2").doesNotContainKey("Authorization");
    }

    @Test
    void whatAProviderSaysOfItsModelsCounts() {
        near.serves("/v1/models", """
                {"data": [
                  {"id": "router", "context_length": 64000, "supported_parameters": ["tools", "reasoning", "stop"],
                   "architecture": {"input_modalities": ["text", "image"], "output_modalities": ["text"]}},
                  {"id": "painter", "architecture": {"output_modalities": ["image"]}},
                  {"id": "vllm", "max_model_len": 32768},
                  {"id": "groq", "context_window": 131072, "active": true},
                  {"id": "retired", "active": false},
                  {"id": "mistral", "max_context_length": 40000,
                   "capabilities": {"completion_chat": true, "function_calling": true, "vision": false}},
                  {"id": "base", "capabilities": {"completion_chat": false}},
                  {"id": "gpt-4o"},
                  {"id": "odd", "context_length": -1},
                  {"id": "small", "context_length": 9000, "supported_parameters": []},
                  {}, 3
                ]}
                """);
        Catalogue catalogue = catalogue(chat("near", near.baseUrl(), List.of()));
        awaitModel(catalogue, "near/router");

        assertThat(catalogue.list())
                .extracting(Model::name, Model::contextWindow, Model::capabilities)
                .containsExactlyInAnyOrder(
                        tuple("router", 64_000, new Capabilities(true, true, true)),
                        tuple("vllm", 32_768, TEXT),
                        tuple("groq", 131_072, TEXT),
                        tuple("mistral", 40_000, new Capabilities(false, false, true)),
                        tuple("gpt-4o", 128_000, new Capabilities(true, false, true)),
                        tuple("odd", 8_192, TEXT),
                        tuple("small", 5_000, new Capabilities(true, false, true)));
    }

    @Test
    void whatTheOperatorSaysOfAProviderCountsBeforeWhatItSays() {
        near.serves("/v1/models", "[{\"id\": \"a\", \"context_length\": 64000}, {\"id\": \"small\"}]");
        Catalogue catalogue =
                catalogue(new Named("near", near.baseUrl(), "", Form.OPENAI, "", List.of(), "", 16_000, null, null));
        awaitModel(catalogue, "near/a");

        assertThat(catalogue.find("near/a").orElseThrow().contextWindow()).isEqualTo(16_000);
        assertThat(catalogue.find("near/small").orElseThrow().contextWindow()).isEqualTo(5_000);
    }

    @Test
    void theWantedDefaultComesFirstOnceItIsThere() {
        near.lists("large", "small");
        Catalogue catalogue =
                catalogue(chat("far", far.baseUrl(), List.of("x")), chat("near", near.baseUrl(), List.of()));
        awaitModel(catalogue, "near/small");

        assertThat(catalogue.list()).extracting(Model::id).containsExactly("near/small", "far/x", "near/large");
        assertThat(catalogue.defaultModel().isDefault()).isTrue();
        assertThat(catalogue.list()).filteredOn(Model::isDefault).hasSize(1);
    }

    @Test
    void ollamaSaysWhatItsModelsCanAndHowMuchTheyRead() {
        near.serves("/api/tags", """
                {"models": [{"name": "plain:1b", "digest": "1"}, {"name": "wide:8b", "digest": "2"},
                            {"name": "busy:8b", "digest": "3"}, {"name": "vectors", "digest": "4"}]}
                """);
        near.serves("/api/ps", "{\"models\": [{\"name\": \"busy:8b\", \"context_length\": 32768}]}");
        near.serves("/api/show plain:1b", """
                {"capabilities": ["completion"],
                 "model_info": {"general.architecture": "tiny", "tiny.context_length": 2048}}
                """);
        near.serves("/api/show wide:8b", """
                {"capabilities": ["completion", "tools", "thinking"], "parameters": "stop x\\nnum_ctx   16384",
                 "model_info": {"general.architecture": "llama", "llama.context_length": 131072}}
                """);
        near.serves("/api/show busy:8b", """
                {"capabilities": ["completion", "vision"],
                 "model_info": {"general.architecture": "llama", "llama.context_length": 131072}}
                """);
        near.serves("/api/show vectors", "{\"capabilities\": [\"embedding\"]}");
        Catalogue catalogue =
                catalogue(new Named("home", near.baseUrl(), "", Form.OLLAMA, "", List.of(), "", null, null, null));
        awaitModel(catalogue, "home/plain:1b");

        assertThat(catalogue.list())
                .extracting(Model::id, Model::contextWindow, Model::capabilities)
                .containsExactly(
                        tuple("home/busy:8b", 32_768, new Capabilities(true, false, false)),
                        tuple("home/plain:1b", 2_048, TEXT),
                        tuple("home/wide:8b", 16_384, new Capabilities(false, true, true)));
        assertThat(ask(catalogue, "home/plain:1b").text()).isEqualTo("You asked: Hello?");
        assertThat(near.awaitQuestion().path()).isEqualTo("/v1/chat/completions");
    }

    @Test
    void oneThatDoesNotSayWhatItHasDelaysNoOther() throws IOException {
        far.lists("here");
        try (FullServer mute = new FullServer()) {
            Catalogue catalogue =
                    catalogue(chat("mute", mute.address(), List.of()), chat("far", far.baseUrl(), List.of()));
            awaitModel(catalogue, "far/here");

            assertThat(catalogue.list()).extracting(Model::id).containsExactly("far/here");
        }
    }

    @Test
    void eachHasItsOwnPatience() {
        Named hasty = new Named("near", near.baseUrl(), "", Form.OPENAI, "", List.of("silent"), "", null, 1, 9);

        assertThat(hasty.patience(TestSettings.patience(Duration.ofSeconds(60), Duration.ofSeconds(60))))
                .isEqualTo(new Patience(
                        Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(9), Duration.ofSeconds(10)));
        assertThat(ask(catalogue(hasty), "near/silent").failed().sentence())
                .isEqualTo("The model did not answer in 1 s.");
    }

    @Test
    void theyAreReadFromTheSettings() {
        String prefix = "parley.models.providers[0].";
        Map<String, String> properties = Map.of(
                prefix + "name",
                "azure",
                prefix + "url",
                "https://h",
                prefix + "api-key",
                "k",
                prefix + "dialect",
                "azure",
                prefix + "api-version",
                "v",
                prefix + "models",
                "a,b",
                prefix + "headers",
                "X-Title: Parley",
                prefix + "context-window",
                "9000",
                prefix + "idle-seconds",
                "7",
                "parley.models.fallbacks",
                "azure/a,b");
        ModelsProperties bound = new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("parley.models", ModelsProperties.class);

        assertThat(bound.fallbacks()).containsExactly("azure/a", "b");
        assertThat(bound.providers())
                .containsExactly(new Named(
                        "azure",
                        URI.create("https://h"),
                        "k",
                        Form.AZURE,
                        "v",
                        List.of("a", "b"),
                        "X-Title: Parley",
                        9_000,
                        null,
                        7));
    }

    private static Named chat(String name, URI url, List<String> models) {
        return new Named(name, url, "", Form.OPENAI, "", models, "", null, null, null);
    }

    private static URI root(ScriptedProvider server) {
        return URI.create("http://127.0.0.1:" + server.baseUrl().getPort());
    }

    private Catalogue catalogue(Named... providers) {
        return TestSettings.assembly(TestSettings.of(providers), http, System::nanoTime)
                .catalogue();
    }

    private static Collected ask(Catalogue catalogue, String model) {
        awaitModel(catalogue, model);
        return Collected.from(catalogue.open(new Prompt(model, List.of(new Turn(Role.USER, "Hello?")), null, null)));
    }

    /// However long a busy machine takes to list them.
    private static void awaitModel(Catalogue catalogue, String id) {
        while (catalogue.find(id).isEmpty()) {
            Thread.onSpinWait();
        }
    }
}
