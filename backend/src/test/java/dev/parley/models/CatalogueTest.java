package dev.parley.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.models.Models.Model;
import dev.parley.models.ModelsProperties.OpenAi;
import dev.parley.models.Prompt.Role;
import dev.parley.models.Prompt.Turn;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullMarked
@Timeout(60)
class CatalogueTest {
    private static final Duration PATIENTLY = Duration.ofSeconds(10);

    private final ScriptedProvider server = ScriptedProvider.start();
    private final ProviderHttp.Lazy http = new ProviderHttp.Lazy(Duration.ofSeconds(5));
    private long now;

    @AfterEach
    void stop() throws IOException {
        http.close();
        server.close();
    }

    @Test
    void theBuiltInModelIsThereWhenItIsAlone() {
        Catalogue catalogue = catalogue(TestSettings.openai("", ""), "");

        assertThat(catalogue.list()).extracting(Model::id).containsExactly("builtin/parley");
        assertThat(catalogue.defaultModel().isDefault()).isTrue();
        assertThat(Collected.from(catalogue.open(question("builtin/parley"))).text())
                .contains("no language model");
    }

    @Test
    void openAisOwnAddressAloneConfiguresNothing() {
        assertThat(TestSettings.openai("", "https://api.openai.com/v1").configured())
                .isFalse();
        assertThat(TestSettings.openai("key", "").configured()).isTrue();
        assertThat(TestSettings.openai("", "http://localhost:8080/v1/").configured())
                .isTrue();
    }

    @Test
    void aProviderOffersItsModelsForChatUnderTheirBareNames() {
        server.lists("gpt-4o", "text-embedding-3-small", "gpt-4", "whisper-1", "acme/large");
        Catalogue catalogue =
                catalogue(TestSettings.openai("key", server.baseUrl().toString()), "");

        awaitModel(catalogue, "acme/large");
        assertThat(catalogue.list()).extracting(Model::id).containsExactly("gpt-4", "acme/large", "gpt-4o");
        assertThat(catalogue.list()).extracting(Model::isDefault).containsExactly(true, false, false);
        assertThat(catalogue.find("whisper-1")).isEmpty();
        assertThat(catalogue.find("builtin/parley")).isEmpty();
        assertThat(catalogue.find("gpt-4o").orElseThrow().capabilities().vision())
                .isTrue();
    }

    @Test
    void aProviderThatListsNothingStillOffersTheConfiguredModel() {
        server.close();
        Catalogue catalogue =
                catalogue(TestSettings.openai("key", server.baseUrl().toString()), "");

        assertThat(catalogue.find("other")).isEmpty();
        assertThat(catalogue.list()).extracting(Model::id).containsExactly("gpt-4");
    }

    @Test
    void ollamaIsOfferedWhenItIsThere() {
        server.lists("llama3.2:latest", "nomic-embed-text:latest");
        Catalogue catalogue = catalogue(TestSettings.openai("", ""), ollama());

        awaitModel(catalogue, "ollama/llama3.2:latest");
        assertThat(catalogue.defaultModel().id()).isEqualTo("ollama/llama3.2:latest");
        assertThat(catalogue.list()).hasSize(1);
        assertThat(Collected.from(catalogue.open(question("ollama/llama3.2:latest")))
                        .text())
                .isEqualTo("You asked: Hello?");
        assertThat(server.awaitQuestion().model()).isEqualTo("llama3.2:latest");
    }

    @Test
    void anAbsentOllamaIsNoFailure() {
        server.close();
        Catalogue catalogue = catalogue(TestSettings.openai("", ""), ollama());

        assertThat(catalogue.find("ollama/llama3.2")).isEmpty();
        assertThat(catalogue.defaultModel().id()).isEqualTo("builtin/parley");
    }

    @Test
    void whatIsOldIsAskedForAgain() {
        server.lists("one");
        Listing listing = new Listing("test", List.of(), this::models, Duration.ofMinutes(1), () -> now);
        listing.await(PATIENTLY);
        assertThat(listing.models()).extracting(Model::id).containsExactly("one");

        server.lists("two");
        assertThat(listing.models()).extracting(Model::id).containsExactly("one");
        now += Duration.ofMinutes(2).toNanos();
        listing.await(PATIENTLY);
        assertThat(listing.models()).extracting(Model::id).containsExactly("two");
    }

    @Test
    void whoFailsToSayWhatItHasIsAskedAgainSoonAndKeepsWhatItHad() {
        server.lists("one");
        Listing listing = new Listing("test", List.of(), this::models, Duration.ofMinutes(10), () -> now);
        listing.await(PATIENTLY);
        server.serves("/v1/models", "{}");
        now += Duration.ofMinutes(11).toNanos();
        listing.await(PATIENTLY);
        assertThat(listing.models()).extracting(Model::id).containsExactly("one");

        server.serves("/v1/models", "{\"data\": [{\"id\": \"three\"}]}");
        now += Duration.ofSeconds(21).toNanos();
        listing.await(PATIENTLY);
        assertThat(listing.models()).extracting(Model::id).containsExactly("three");
    }

    @Test
    void aListThatCannotBeReadStopsNobody() {
        Listing listing = new Listing(
                "test",
                List.of(),
                () -> {
                    throw new IllegalStateException("odd");
                },
                Duration.ofMinutes(10),
                () -> now);
        listing.await(PATIENTLY);

        assertThat(listing.models()).isEmpty();
    }

    @Test
    void aModelThatIsGoneIsNotAskedElsewhere() {
        Catalogue catalogue = catalogue(TestSettings.openai("", ""), "");

        assertThatThrownBy(() -> catalogue.open(question("gpt-4")))
                .isInstanceOf(ProviderException.class)
                .hasMessage("The model gpt-4 is not offered here any more.");
    }

    /// However long a busy machine takes to list them.
    private static void awaitModel(Catalogue catalogue, String id) {
        while (catalogue.find(id).isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private List<Model> models() {
        ChatCompletions client = ChatCompletions.at(
                http,
                Endpoint.of(server.baseUrl(), "", Map.of()),
                TestSettings.patience(PATIENTLY, PATIENTLY),
                Clock.systemUTC());
        return ListedModels.of(client.get("/models")).stream()
                .map(listed -> Overrides.NONE.model(listed.name(), listed, "test", null))
                .toList();
    }

    private Catalogue catalogue(OpenAi openai, String ollama) {
        return TestSettings.assembly(TestSettings.of(openai, ollama), http, System::nanoTime)
                .catalogue();
    }

    private String ollama() {
        URI address = server.baseUrl();
        return "http://127.0.0.1:" + address.getPort();
    }

    private static Prompt question(String model) {
        return new Prompt(model, List.of(new Turn(Role.USER, "Hello?")), null, null);
    }
}
