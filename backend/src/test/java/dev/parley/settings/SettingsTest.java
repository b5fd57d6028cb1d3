package dev.parley.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Path HOME = Path.of("/srv/parley");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PORT                   | 9000                             | 9000
            DEBUG                  | True                             | true
            DEBUG                  | 1                                | true
            DEBUG                  | false                            | false
            OPENAI_TEMPERATURE     | 1                                | 1
            OPENAI_BASE_URL        | http://localhost:11434/v1/       | http://localhost:11434/v1
            OPENAI_MODEL           | ' gpt-5 '                        | gpt-5
            DATABASE_URL           | postgresql+asyncpg://u@h/parley  | postgresql+asyncpg://u@h/parley
            JWT_ALGORITHM          | hs256                            | HS256
            PARLEY_RATE_LIMITS     | OFF                              | off
            ALLOWED_HOSTS          | localhost, 127.0.0.1             | localhost,127.0.0.1
            ALLOWED_HOSTS          | ["chat.example.com", ".b.org"]   | chat.example.com,.b.org
            ALLOWED_HOSTS          | [::1]                            | [::1]
            ALLOWED_HOSTS          | *                                | *
            CORS_ALLOWED_ORIGINS   | http://localhost:3000/           | http://localhost:3000
            PARLEY_TRUSTED_PROXIES | 10.0.0.0/8, ::1                  | 10.0.0.0/8,::1
            PARLEY_CONTEXT_WINDOWS | groq/a=131072, gpt-4=8192        | groq/a=131072,gpt-4=8192
            PARLEY_CAPABILITIES    | ollama/a:1b=tools+vision,b=none  | ollama/a:1b=tools+vision,b=none
            PARLEY_FALLBACK_MODELS | gpt-4o, org/b:free               | gpt-4o,org/b:free
            OTEL_EXPORTER_OTLP_ENDPOINT | http://localhost:4318/      | http://localhost:4318
            OTEL_EXPORTER_OTLP_HEADERS  | a=b%20c=/, d=+e             | a=b%20c=/,d=+e
            PARLEY_ROLES           | Worker, web                      | web,worker
            DEFAULT_FROM_EMAIL     | webmaster@localhost              | webmaster@localhost
            DEFAULT_FROM_EMAIL     | "Acme, Inc." <chat@example.org>   | "Acme, Inc." <chat@example.org>
            DEFAULT_FROM_EMAIL     | <chat@example.org>               | <chat@example.org>
            DEFAULT_FROM_EMAIL     | Das Café <cafe@example.org>      | Das Café <cafe@example.org>
            PARLEY_DATA_DIR        | /var/lib/parley                  | /var/lib/parley
            PARLEY_DATA_DIR        | store                            | /srv/parley/store
            """)
    void understands(Setting setting, String written, String value) {
        assertThat(of(Map.of(setting.name(), written)).text(setting)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PORT                   | 70000                  | a whole number from 1 to 65535, not "70000"
            PORT                   | http                   | a whole number from 1 to 65535, not "http"
            DEBUG                  | maybe                  | true or false, not "maybe"
            OPENAI_TEMPERATURE     | 2.5                    | a number from 0 to 2, not "2.5"
            OPENAI_TEMPERATURE     | NaN                    | a number from 0 to 2, not "NaN"
            OPENAI_BASE_URL        | localhost:11434        | a URL that begins with https:// or http://, not "localhost:11434"
            OPENAI_BASE_URL        | https://u:secret@h/v1  | a URL without a user and a password
            OPENAI_API_KEY         | …                      | a key of ASCII letters, digits and signs, without blanks
            MEM0_API_KEY           | two words              | a key of ASCII letters, digits and signs, without blanks
            DEFAULT_FROM_EMAIL     | Parley                 | an address such as Parley <parley@example.org>, not "Parley"
            JWT_ALGORITHM          | none                   | HS256, not "none"
            OTEL_EXPORTER_OTLP_ENDPOINT | localhost:4317    | a URL that begins with https:// or http://, not "localhost:4317"
            OTEL_EXPORTER_OTLP_HEADERS  | a=50%             | names and percent-encoded values such as X-Key=abc, separated by commas
            OTEL_TRACES_SAMPLER_ARG     | 2                 | a number from 0 to 1, not "2"
            PARLEY_ROLES           | web,jobs               | web or worker, or several of them separated by commas, not "web,jobs"
            PARLEY_ROLES           | ,                      | web or worker, or several of them separated by commas, not ","
            PARLEY_REGISTRATION    | yes                    | open or closed, not "yes"
            CORS_ALLOWED_ORIGINS   | *                      | origins such as https://chat.example.com, separated by commas, not "*"
            ALLOWED_HOSTS          | http://localhost       | host names without scheme and port, separated by commas, not "http://localhost"
            PARLEY_TRUSTED_PROXIES | 10.0.0.0/40            | IP addresses or networks such as 10.0.0.0/8, separated by commas, not "10.0.0.0/40"
            PARLEY_CONTEXT_WINDOWS | groq/a                 | ids of models with numbers, such as groq/llama-3.3-70b=131072, separated by commas, not "groq/a"
            PARLEY_CAPABILITIES    | a=flight               | ids of models with what they can, such as groq/llama-3.3-70b=tools+vision, separated by commas, not "a=flight"
            REDIS_URL              | localhost              | a URL that begins with redis:// or rediss://
            DATABASE_URL           | mysql://u:secret@h/db  | a URL that begins with postgresql:// or postgres://
            """)
    void refusesInOneSentenceThatNamesTheVariable(Setting setting, String written, String reason) {
        assertThatThrownBy(() -> of(Map.of(setting.name(), written)))
                .isInstanceOf(StartFailure.class)
                .hasMessage(setting.name() + " (environment) must be " + reason + ".");
    }

    @Test
    void providersAreSetUnderTheirNames() {
        Map<String, Object> properties = Settings.of(
                        Map.of(
                                "PARLEY_PROVIDERS", "groq, near-by",
                                "PARLEY_PROVIDER_GROQ_URL", "https://api.groq.com/openai/v1/",
                                "PARLEY_PROVIDER_GROQ_API_KEY", "gsk-1",
                                "PARLEY_PROVIDER_GROQ_FIRST_BYTE_SECONDS", "20",
                                "PARLEY_PROVIDER_LEFT_OVER_URL", "nonsense"),
                        Map.of(
                                "PARLEY_PROVIDER_GROQ_API_KEY", "gsk-2",
                                "PARLEY_PROVIDER_NEAR_BY_URL", "http://10.0.0.7:8080/v1",
                                "PARLEY_PROVIDER_NEAR_BY_MODELS", "a, b",
                                "PARLEY_PROVIDER_NEAR_BY_HEADERS", "X-Title: Parley; X-Team:blue"),
                        HOME)
                .properties();

        assertThat(properties)
                .containsEntry("parley.models.providers[0].name", "groq")
                .containsEntry("parley.models.providers[0].url", "https://api.groq.com/openai/v1")
                .containsEntry("parley.models.providers[0].api-key", "gsk-1")
                .containsEntry("parley.models.providers[0].dialect", "openai")
                .containsEntry("parley.models.providers[0].first-byte-seconds", "20")
                .doesNotContainKeys("parley.models.providers[0].models", "parley.models.providers[0].idle-seconds")
                .containsEntry("parley.models.providers[1].name", "near-by")
                .containsEntry("parley.models.providers[1].models", "a,b")
                .containsEntry("parley.models.providers[1].headers", "X-Title: Parley;X-Team:blue")
                .doesNotContainKey("parley.models.providers[2].name");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PARLEY_PROVIDERS=openai | PARLEY_PROVIDERS (environment) must be names of lower-case letters, digits and -, other than openai and builtin, separated by commas, not "openai".
            PARLEY_PROVIDERS=a      | PARLEY_PROVIDER_A_URL must be set, because PARLEY_PROVIDERS names a.
            PARLEY_PROVIDERS=a PARLEY_PROVIDER_A_URL=http://h PARLEY_PROVIDER_A_API_KEY=schlüssel | PARLEY_PROVIDER_A_API_KEY (environment) must be a key of ASCII letters, digits and signs, without blanks.
            PARLEY_PROVIDERS=a PARLEY_PROVIDER_A_URL=http://my_host/v1 | PARLEY_PROVIDER_A_URL (environment) must be a URL with a host name of letters, digits, - and ., not "http://my_host/v1".
            PARLEY_PROVIDERS=a PARLEY_PROVIDER_A_URL=http://h PARLEY_PROVIDER_A_HEADERS=geheim | PARLEY_PROVIDER_A_HEADERS (environment) must be headers such as X-Title: Parley, separated by semicolons.
            PARLEY_PROVIDERS=a PARLEY_PROVIDER_A_URL=http://h PARLEY_PROVIDER_A_IDLE_SECONDS=0 | PARLEY_PROVIDER_A_IDLE_SECONDS (environment) must be a whole number from 1 to 3600, not "0".
            PARLEY_PROVIDERS=a PARLEY_PROVIDER_A_URL=http://h PARLEY_PROVIDER_A_DIALECT=azure | PARLEY_PROVIDER_A_MODELS must be set, because Azure does not list what is deployed.
            PARLEY_PROVIDERS=a PARLEY_PROVIDER_A_URL=http://h PARLEY_PROVIDER_A_KEY=geheim | PARLEY_PROVIDER_A_KEY is none of a provider's settings, which end in URL, API_KEY, DIALECT, API_VERSION, MODELS, HEADERS, CONTEXT_WINDOW, FIRST_BYTE_SECONDS, IDLE_SECONDS.
            """)
    void aProviderThatIsSetWronglyIsSaidInOneSentence(String written, String sentence) {
        Map<String, String> environment = Arrays.stream(written.split(" ", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));

        assertThatThrownBy(() -> of(environment))
                .isInstanceOf(StartFailure.class)
                .hasMessage(sentence);
    }

    @Test
    void eachMistakeHasItsSentence() {
        Map<String, String> environment = Map.of(
                "PORT", "http",
                "PARLEY_ROLES", "web",
                "PARLEY_OIDC_ISSUER", "https://login.example.org",
                "PARLEY_PROVIDERS", "a,b",
                "PARLEY_PROVIDER_A_URL", "a",
                "PARLEY_PROVIDER_A_KEY", "geheim");

        assertThatThrownBy(() -> of(environment))
                .isInstanceOf(StartFailure.class)
                .hasMessage("""
                PORT (environment) must be a whole number from 1 to 65535, not "http".
                DATABASE_URL must be set, because PARLEY_ROLES is web: the embedded database serves one process, \
                which has to do everything.
                PARLEY_OIDC_CLIENT_ID must be set, because PARLEY_OIDC_ISSUER is.
                PARLEY_PROVIDER_A_KEY is none of a provider's settings, which end in URL, API_KEY, DIALECT, \
                API_VERSION, MODELS, HEADERS, CONTEXT_WINDOW, FIRST_BYTE_SECONDS, IDLE_SECONDS.
                PARLEY_PROVIDER_A_URL (environment) must be a URL that begins with https:// or http://, not "a".
                PARLEY_PROVIDER_B_URL must be set, because PARLEY_PROVIDERS names b.""");
    }

    @Test
    void ofWhatIsWrongByItselfNothingMoreIsSaid() {
        assertThatThrownBy(() -> of(Map.of("PARLEY_ROLES", "web", "DATABASE_URL", "db", "PARLEY_PROFILE", "tiny")))
                .hasMessage("""
                        PARLEY_PROFILE (environment) must be production or development or testing or small, not "tiny".
                        DATABASE_URL (environment) must be a URL that begins with postgresql:// or postgres://.""");
    }

    @Test
    void thePortOfTheMetricsIsAnother() {
        assertThatThrownBy(() -> of(Map.of("PARLEY_MANAGEMENT_PORT", "8000")))
                .hasMessage("PARLEY_MANAGEMENT_PORT must be another port than PORT, not 8000.");
    }

    @Test
    void theFileStandsWhereTheStartIsOrBesideTheProgram(@TempDir Path place) throws IOException {
        Path here = Files.createDirectories(place.resolve("here"));
        Path program = Files.createDirectories(place.resolve("program")).resolve("parley.jar");

        assertThat(Settings.file(here, program.toString())).isEqualTo(here.resolve(".env"));
        Files.createFile(program.resolveSibling(".env"));
        assertThat(Settings.file(here, program.toString())).isEqualTo(program.resolveSibling(".env"));
        assertThat(Settings.file(here, place + "/classes:" + program)).isEqualTo(here.resolve(".env"));
        Files.createFile(here.resolve(".env"));
        assertThat(Settings.file(here, program.toString())).isEqualTo(here.resolve(".env"));
    }

    @Test
    void whatLaunchersReadIsNoStranger() {
        assertThat(of(Map.of("PARLEY_JAVA_OPTIONS", "-Xmx1g", "PARLEY_HOST", "h", "PARLEY_REGISTRTION", "open"))
                        .strangers())
                .containsExactly("PARLEY_REGISTRTION");
    }

    @Test
    void aProvidersNameMayBeginLikeAnotherOrLikeASetting() {
        Settings settings = of(Map.of(
                "PARLEY_PROVIDERS", "a,a-b,first",
                "PARLEY_PROVIDER_A_URL", "http://a",
                "PARLEY_PROVIDER_A_B_URL", "http://b",
                "PARLEY_PROVIDER_FIRST_URL", "http://f",
                "PARLEY_PROVIDER_FIRST_BYTE_SECONDS", "7",
                "PARLEY_PROVIDER_A_KEY", " "));

        assertThat(settings.text(Setting.PARLEY_PROVIDER_FIRST_BYTE_SECONDS)).isEqualTo("7");
        assertThat(settings.properties()).containsEntry("parley.models.providers[1].url", "http://b");
    }

    @Test
    void allThatIsSetIsListedAndWhatIsSecretIsMarked() {
        Settings settings = of(Map.of(
                "PARLEY_PROVIDERS", "a",
                "PARLEY_PROVIDER_A_URL", "http://a",
                "PARLEY_PROVIDER_A_API_KEY", "geheim"));

        assertThat(settings.entries())
                .filteredOn(Settings.Entry::isSecret)
                .extracting(Settings.Entry::name)
                .contains("OPENAI_API_KEY", "PARLEY_PROVIDER_A_API_KEY", "PARLEY_PROVIDER_A_HEADERS");
        assertThat(settings.entries())
                .extracting(Settings.Entry::name)
                .contains("PORT", "PARLEY_PROVIDER_A_URL")
                .doesNotHaveDuplicates();
    }

    @Test
    void needsNothing() {
        Map<String, Object> properties = of(Map.of()).properties();

        assertThat(properties)
                .containsEntry("PORT", "8000")
                .containsEntry("OPENAI_MODEL", "gpt-4")
                .containsEntry("PARLEY_DATA_DIR", "/srv/parley/data")
                .doesNotContainKeys("OPENAI_API_KEY", "DATABASE_URL", "ALLOWED_HOSTS");
    }

    @Test
    void anEmptyValueIsAnUnsetOne() {
        Settings settings = Settings.of(Map.of("PORT", "", "OPENAI_MODEL", "  "), Map.of("PORT", "9000"), HOME);

        assertThat(settings.values().get(Setting.PORT)).isEqualTo(new Settings.Value("9000", ".env"));
        assertThat(settings.values().get(Setting.OPENAI_MODEL)).isEqualTo(new Settings.Value("gpt-4", "default"));
    }

    @Test
    void aProfileDecidesWhatIsNotSet() {
        Settings small = of(Map.of("PARLEY_PROFILE", "Small"));
        assertThat(small.values().get(Setting.PARLEY_EMBEDDINGS)).isEqualTo(new Settings.Value("off", "profile"));
        assertThat(small.properties())
                .containsEntry("spring.profiles.active", "small")
                .containsEntry("PARLEY_EMBEDDINGS", "off");

        Map<String, String> written = Map.of("PARLEY_PROFILE", "testing", "PARLEY_RATE_LIMITS", "on");
        assertThat(of(written).values())
                .containsEntry(Setting.PARLEY_RATE_LIMITS, new Settings.Value("on", "environment"))
                .containsEntry(Setting.PARLEY_DRAIN_SECONDS, new Settings.Value("0", "profile"));
        assertThat(of(Map.of("PARLEY_PROFILE", "development")).properties())
                .containsEntry("logging.level.dev.parley", "debug");
        assertThat(of(Map.of()).values().values()).allMatch(Settings.Value::isDefault);
    }

    /// A default of a profile that a person could not write would be found by whoever reads it.
    @ParameterizedTest
    @EnumSource(Profile.class)
    void whatAProfileDecidesCouldBeSet(Profile profile) {
        profile.defaults()
                .forEach((setting, text) ->
                        assertThat(setting.kind().normalised(text)).isEqualTo(text));
        assertThat(of(Map.of("PARLEY_PROFILE", profile.name())).text(Setting.PARLEY_PROFILE))
                .isEqualTo(profile.name().toLowerCase(Locale.ROOT));
    }

    @Test
    void theEnvironmentWinsOverTheFile() {
        Settings settings = Settings.of(Map.of("PORT", "9001"), Map.of("PORT", "9000"), HOME);

        assertThat(settings.values().get(Setting.PORT)).isEqualTo(new Settings.Value("9001", "environment"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "worker"})
    void partedRolesNeedADatabaseThatSeveralCanUse(String role) {
        assertThatThrownBy(() -> of(Map.of("PARLEY_ROLES", role)))
                .isInstanceOf(StartFailure.class)
                .hasMessage("DATABASE_URL must be set, because PARLEY_ROLES is " + role
                        + ": the embedded database serves one process, which has to do everything.");
        assertThat(of(Map.of("PARLEY_ROLES", role, "DATABASE_URL", "postgresql://u@h/parley"))
                        .text(Setting.PARLEY_ROLES))
                .isEqualTo(role);
    }

    @Test
    void celerysRedisStandsForOursWhenOursIsUnset() {
        String redis = "redis://localhost:6379/1";

        assertThat(of(Map.of("CELERY_RESULT_BACKEND", redis)).values().get(Setting.REDIS_URL))
                .isEqualTo(new Settings.Value(redis, "CELERY_RESULT_BACKEND"));
        assertThat(of(Map.of("CELERY_BROKER_URL", redis, "REDIS_URL", "redis://ours:6379"))
                        .text(Setting.REDIS_URL))
                .isEqualTo("redis://ours:6379");
        assertThat(of(Map.of("CELERY_BROKER_URL", "amqp://localhost")).text(Setting.REDIS_URL))
                .isEmpty();
    }

    @Test
    void debugMeansOurLogAndNotSprings() {
        assertThat(of(Map.of("DEBUG", "True")).properties())
                .containsEntry("logging.level.dev.parley", "debug")
                .doesNotContainKey("DEBUG");
    }

    @Test
    void aFileMayBeWrittenInAllTheUsualWays() {
        assertThat(EnvironmentFile.parse(
                        List.of(
                                "# a comment",
                                "",
                                "PORT=9000",
                                "export OPENAI_MODEL = gpt-4  # the default",
                                "OPENAI_API_KEY=\"a#b \\\"c\\\"\"",
                                "SECRET_KEY='$literal #1'",
                                "JWT_SECRET_KEY=a=b#c",
                                "REDIS_URL="),
                        ".env"))
                .isEqualTo(Map.of(
                        "PORT", "9000",
                        "OPENAI_MODEL", "gpt-4",
                        "OPENAI_API_KEY", "a#b \"c\"",
                        "SECRET_KEY", "$literal #1",
                        "JWT_SECRET_KEY", "a=b#c",
                        "REDIS_URL", ""));
    }

    @Test
    void aLineOfTheFileThatSaysNothingIsNamed() {
        assertThatThrownBy(() -> EnvironmentFile.parse(List.of("PORT=1", "just words"), ".env"))
                .isInstanceOf(StartFailure.class)
                .hasMessage("Line 2 of .env is not of the form NAME=value.");
    }

    private static Settings of(Map<String, String> environment) {
        return Settings.of(environment, Map.of(), HOME);
    }
}
