package dev.parley.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.Api.Account;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import dev.parley.IdentityProvider.Person;
import dev.parley.Provider;
import dev.parley.auth.NewAccounts;
import dev.parley.models.ScriptedProvider;
import dev.parley.settings.Setting;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@ApiTest
class SettingsApiTest {
    private static final String SETTINGS = "/api/v1/admin/settings/";

    private final Api anyone;
    private final Api operator;
    private final Account account;
    private final Api person;

    SettingsApiTest(@LocalServerPort int port, @Autowired NewAccounts newAccounts) {
        anyone = new Api(port);
        String email = Api.freshEmail();
        newAccounts.superuser(email, Api.PASSWORD);
        account = anyone.login(email);
        operator = anyone.as(account);
        person = anyone.as(anyone.register());
    }

    @AfterEach
    void takeBack() {
        Setting.changeable().forEach(setting -> operator.delete(SETTINGS + setting.name()));
    }

    private JsonNode setting(String name) {
        return operator.get(SETTINGS)
                .data()
                .path("items")
                .valueStream()
                .filter(item -> item.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Answer set(String name, String value) {
        return operator.put(SETTINGS + name + "/", Map.of("value", value));
    }

    @Test
    void eachSaysWhereItsValueIsFromAndWhoChangedIt() {
        JsonNode before = setting("PARLEY_REGISTRATION");
        assertThat(before.path("origin").asString()).isEqualTo("default");
        assertThat(before.path("value").asString()).isEqualTo("open");
        assertThat(before.path("changed_by").isNull()).isTrue();

        JsonNode changed = set("PARLEY_REGISTRATION", "CLOSED").data();

        assertThat(changed.path("value").asString()).isEqualTo("closed");
        assertThat(changed.path("origin").asString()).isEqualTo("operator");
        assertThat(changed.path("started_with").asString()).isEqualTo("open");
        assertThat(changed.path("changed_by").path("email").asString()).isEqualTo(account.email());
        assertThat(changed.path("changed_at").isNull()).isFalse();
        assertThat(changed.path("form").path("options").size()).isEqualTo(2);

        operator.delete(SETTINGS + "PARLEY_REGISTRATION/");
        assertThat(setting("PARLEY_REGISTRATION")).isEqualTo(before);
        JsonNode log = operator.get("/api/v1/admin/audit/?actor=" + account.id())
                .data()
                .path("items");
        assertThat(log.get(0).path("action").asString()).isEqualTo("setting.reset");
        assertThat(log.get(1).path("details").path("value").asString()).isEqualTo("closed");
    }

    @Test
    void registrationClosesAndOpensWithoutARestart() {
        set("PARLEY_REGISTRATION", "closed");
        Answer refused =
                anyone.post("/api/v1/auth/register", Map.of("email", Api.freshEmail(), "password", Api.PASSWORD));
        assertThat(refused.code()).isEqualTo("REGISTRATION_CLOSED");
        assertThat(anyone.get("/api/v1/auth/entrance")
                        .data()
                        .path("registration")
                        .asBoolean())
                .isFalse();

        assertThat(anyone.enter(Person.of(Api.freshEmail())).code())
                .as("the provider's door is not set by itself")
                .isEqualTo("REGISTRATION_CLOSED");

        set("PARLEY_REGISTRATION", "open");
        anyone.register();
        assertThat(anyone.enter(Person.of(Api.freshEmail())).status()).isEqualTo(200);
    }

    @Test
    void whatModelsAreToldFollows() {
        set("OPENAI_TEMPERATURE", "1.25");
        set("OPENAI_MAX_TOKENS", "77");
        set("PARLEY_INSTRUCTIONS", "You speak for the town's library.\nBe brief.");

        ask("What is told here? " + account.id());

        ScriptedProvider.Request asked = Provider.shared().questions("echo").stream()
                .filter(request -> request.question().contains(account.id()))
                .findFirst()
                .orElseThrow();
        assertThat(asked.json().path("temperature").asDouble()).isEqualTo(1.25);
        assertThat(asked.json().path("max_tokens").asInt()).isEqualTo(77);
        assertThat(asked.json().path("messages").get(0).path("content").asString())
                .startsWith("You speak for the town's library.\nBe brief.");
        assertThat(operator.get("/api/v1/admin/audit/?action=setting.changed&actor=" + account.id())
                        .response()
                        .body())
                .contains("PARLEY_INSTRUCTIONS")
                .doesNotContain("library");
    }

    @Test
    void theDefaultModelIsOneThatIsOffered() {
        assertThat(set("PARLEY_DEFAULT_MODEL", "nobody/none").status()).isEqualTo(422);

        assertThat(set("PARLEY_DEFAULT_MODEL", "spare/stand-in").status()).isEqualTo(200);

        assertThat(person.get("/api/v1/models/")
                        .data()
                        .path("items")
                        .get(0)
                        .path("id")
                        .asString())
                .isEqualTo("spare/stand-in");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            PARLEY_REGISTRATION, perhaps, Choose open or closed.
            OPENAI_MAX_TOKENS, none, Enter a whole number from 1 to 10000000.
            OPENAI_TEMPERATURE, 3, Enter a number from 0 to 2.
            PARLEY_SUMMARIES, '', 'Enter a value, or take the setting back.'
            """)
    void whatWouldStopAStartIsRefused(String name, String value, String sentence) {
        assertThat(set(name, value).fields().path("value").get(0).asString()).isEqualTo(sentence);
    }

    /// What would open the machine, or is read once, is the environment's alone.
    @ParameterizedTest
    @CsvSource({"DATABASE_URL", "SECRET_KEY", "PARLEY_RATE_LIMITS", "PARLEY_PROVIDER_NETWORKS", "PORT", "nothing"})
    void nothingElseCanBeSet(String name) {
        assertThat(set(name, "1").status()).isEqualTo(404);
        assertThat(operator.delete(SETTINGS + name).status()).isEqualTo(404);
    }

    private void ask(String question) {
        String chat = person.post("/api/v1/chats/", Map.of()).data().path("id").asString();
        assertThat(person.post("/api/v1/chats/" + chat + "/messages/", Map.of("content", question))
                        .status())
                .isEqualTo(201);
    }
}
