package dev.parley.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.Api.Account;
import dev.parley.Api.Answer;
import dev.parley.ApiTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ApiTest
class ProfileApiTest {
    private static final String PATH = "/api/v1/users/profile/";
    private static final String DEFAULTS = """
            {"theme": "system", "contrast": "system", "language": null, "default_model": null,
             "custom_instructions": "", "memory_enabled": true, "memory_ask": false}
            """;

    private final Api api;

    ProfileApiTest(@LocalServerPort int port) {
        api = new Api(port);
    }

    @Test
    void showsTheUserAndTheirPreferences() {
        Api me = api.as(api.register());
        JsonNode user = me.get("/api/v1/auth/me").data();

        JsonNode profile = me.get(PATH).data();

        user.propertyNames()
                .forEach(name -> assertThat(profile.path(name)).as(name).isEqualTo(user.path(name)));
        assertThat(profile.path("preferences")).isEqualTo(new JsonMapper().readTree(DEFAULTS));
        assertThat(api.get(PATH).status()).isEqualTo(401);
    }

    @Test
    void aPatchChangesWhatIsSent() {
        Api me = api.as(api.register());
        me.patch(
                PATH, "{\"last_name\": \"Lovelace\", \"preferences\": {\"theme\": \"dark\", \"language\": \"en-GB\"}}");

        Answer answer = me.patch(PATH, "{\"first_name\": \"Ada\", \"preferences\": {\"theme\": \"light\"}}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.data().path("first_name").asString()).isEqualTo("Ada");
        assertThat(answer.data().path("last_name").asString()).isEqualTo("Lovelace");
        assertThat(answer.data().path("preferences").path("theme").asString()).isEqualTo("light");
        assertThat(answer.data().path("preferences").path("language").asString())
                .isEqualTo("en-GB");
        assertThat(me.get(PATH).data()).isEqualTo(answer.data());
    }

    @Test
    void aPutReplacesWhatCanBeEditedAndNothingElse() {
        Account account = api.register();
        Api me = api.as(account);
        me.patch(PATH, "{\"first_name\": \"Ada\", \"preferences\": {\"theme\": \"dark\"}}");
        String username = me.get(PATH).data().path("username").asString();

        Answer answer = me.put(
                PATH, Map.of("last_name", "Lovelace", "email", "other@example.org", "is_staff", true, "id", "x"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.data().path("first_name").asString()).isEmpty();
        assertThat(answer.data().path("last_name").asString()).isEqualTo("Lovelace");
        assertThat(answer.data().path("username").asString()).isEqualTo(username);
        assertThat(answer.data().path("email").asString()).isEqualTo(account.email());
        assertThat(answer.data().path("preferences")).isEqualTo(new JsonMapper().readTree(DEFAULTS));
    }

    @Test
    void aUsernameOfSomebodyElseIsTaken() {
        Api me = api.as(api.register());
        String taken = api.as(api.register()).get(PATH).data().path("username").asString();
        String own = me.get(PATH).data().path("username").asString();

        Answer answer = me.patch(PATH, Map.of("username", taken));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("USERNAME_TAKEN");
        assertThat(me.patch(PATH, Map.of("username", own)).status()).isEqualTo(200);
        assertThat(me.patch(PATH, Map.of("username", "N" + System.nanoTime())).status())
                .isEqualTo(200);
    }

    @Test
    void badFieldsAreNamedAndNothingIsChanged() {
        Api me = api.as(api.register());

        Answer answer = me.patch(PATH, "{\"first_name\": \"Ada\", \"preferences\": {\"theme\": \"purple\"}}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.fields().propertyNames()).containsExactly("preferences.theme");
        assertThat(me.get(PATH).data().path("first_name").asString()).isEmpty();
        assertThat(me.patch(PATH, "[]").status()).isIn(400, 422);
        assertThat(me.patch(PATH, "{").status()).isEqualTo(400);
    }

    @Test
    void theExportIsOneFileWithAllParts() {
        Account account = api.register();
        Api me = api.as(account);

        Answer answer = me.with("Accept", "text/html").get(PATH + "export/");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("Content-Disposition")).contains("attachment", ".json");
        assertThat(answer.body().path("profile").path("email").asString()).isEqualTo(account.email());
        assertThat(answer.body()
                        .path("profile")
                        .path("preferences")
                        .path("theme")
                        .asString())
                .isEqualTo("system");
        assertThat(answer.body().path("sessions")).hasSize(1);
        assertThat(answer.response().body()).doesNotContain("argon2");
    }
}
