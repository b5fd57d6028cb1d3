package dev.parley.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            JWT_ALGORITHM          | none                   | HS256, not "none"
            PARLEY_REGISTRATION    | yes                    | open or closed, not "yes"
            CORS_ALLOWED_ORIGINS   | *                      | origins such as https://chat.example.com, separated by commas, not "*"
            ALLOWED_HOSTS          | http://localhost       | host names without scheme and port, separated by commas, not "http://localhost"
            PARLEY_TRUSTED_PROXIES | 10.0.0.0/40            | IP addresses or networks such as 10.0.0.0/8, separated by commas, not "10.0.0.0/40"
            REDIS_URL              | localhost              | a URL that begins with redis:// or rediss://
            DATABASE_URL           | mysql://u:secret@h/db  | a URL that begins with postgresql:// or postgres://
            """)
    void refusesInOneSentenceThatNamesTheVariable(Setting setting, String written, String reason) {
        assertThatThrownBy(() -> of(Map.of(setting.name(), written)))
                .isInstanceOf(StartFailure.class)
                .hasMessage(setting.name() + " (environment) must be " + reason + ".");
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
    void theEnvironmentWinsOverTheFile() {
        Settings settings = Settings.of(Map.of("PORT", "9001"), Map.of("PORT", "9000"), HOME);

        assertThat(settings.values().get(Setting.PORT)).isEqualTo(new Settings.Value("9001", "environment"));
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
