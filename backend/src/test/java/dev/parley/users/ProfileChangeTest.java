package dev.parley.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.shared.ParleyException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ProfileChangeTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void aPatchTouchesWhatIsSent() {
        ProfileChange change = patch("""
                {"first_name": " Ada ", "preferences": {"theme": "dark"}, "email": "other@example.org", "is_staff": true}
                """);

        assertThat(change.firstName()).isEqualTo("Ada");
        assertThat(change.lastName()).isNull();
        assertThat(change.username()).isNull();
        assertThat(change.preferences()).isEqualTo(JSON.readTree("{\"theme\": \"dark\"}"));
    }

    @Test
    void inAPatchNullIsTheDefault() {
        ProfileChange change = patch("""
                {"first_name": null, "preferences":
                    {"theme": null, "default_model": null, "custom_instructions": null, "memory_enabled": null}}
                """);

        assertThat(change.firstName()).isEmpty();
        assertThat(change.preferences()).isEqualTo(JSON.readTree("""
                {"theme": "system", "default_model": null, "custom_instructions": "", "memory_enabled": true}
                """));
    }

    @Test
    void aReplacementResetsWhatIsNotSent() {
        ProfileChange change = ProfileChange.replacement(JSON.readTree("""
                {"last_name": "Lovelace", "preferences": {"theme": "dark"}}
                """));

        assertThat(change.firstName()).isEmpty();
        assertThat(change.lastName()).isEqualTo("Lovelace");
        assertThat(change.username()).isNull();
        assertThat(StoredPreferences.read(change.preferences()))
                .isEqualTo(new Preferences("dark", "system", null, null, "", true, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"username\": \"a b\"}                                  | username",
                "{\"username\": null}                                     | username",
                "{\"first_name\": 5}                                      | first_name",
                "{\"last_name\": \"two\\nlines\"}                         | last_name",
                "{\"preferences\": []}                                    | preferences",
                "{\"preferences\": {\"theme\": \"purple\"}}               | preferences.theme",
                "{\"preferences\": {\"theme\": 1}}                        | preferences.theme",
                "{\"preferences\": {\"contrast\": \"more\"}}              | preferences.contrast",
                "{\"preferences\": {\"language\": \"en_US!\"}}            | preferences.language",
                "{\"preferences\": {\"default_model\": {}}}               | preferences.default_model",
                "{\"preferences\": {\"custom_instructions\": \"\\u0000\"}}| preferences.custom_instructions",
                "{\"preferences\": {\"memory_enabled\": \"yes\"}}         | preferences.memory_enabled",
                "{\"preferences\": {\"memory_ask\": 1}}                   | preferences.memory_ask",
            })
    void aBadFieldIsNamed(String body, String field) {
        assertThat(refusedFields(body)).containsOnlyKeys(field);
    }

    @Test
    void instructionsHaveAtMost4000Characters() {
        String fits = "🔑".repeat(4000);

        assertThat(patch("{\"preferences\": {\"custom_instructions\": \"%s\"}}".formatted(fits))
                        .preferences()
                        .path("custom_instructions")
                        .stringValue())
                .isEqualTo(fits);
        assertThat(refusedFields("{\"preferences\": {\"custom_instructions\": \"%s.\"}}".formatted(fits)))
                .containsOnlyKeys("preferences.custom_instructions");
    }

    @Test
    void allBadFieldsAreNamedAtOnce() {
        assertThat(refusedFields("{\"username\": \"!\", \"preferences\": {\"theme\": \"x\", \"memory_ask\": \"x\"}}"))
                .containsOnlyKeys("username", "preferences.theme", "preferences.memory_ask");
    }

    private static ProfileChange patch(String body) {
        return ProfileChange.patch(JSON.readTree(body));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> refusedFields(String body) {
        ParleyException refused = catchThrowableOfType(ParleyException.class, () -> patch(body));
        return (Map<String, ?>) Objects.requireNonNull(refused.details().get("fields"));
    }
}
