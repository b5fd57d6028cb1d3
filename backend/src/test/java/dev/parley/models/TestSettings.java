package dev.parley.models;

import dev.parley.settings.RunningSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.NullMarked;

@NullMarked
final class TestSettings {
    private TestSettings() {}

    static Patience patience(Duration firstByte, Duration idle) {
        return new Patience(Duration.ofSeconds(5), firstByte, idle, Duration.ofSeconds(10));
    }

    static ModelsProperties of(ModelsProperties.OpenAi openai, String ollama, String... fallbacks) {
        Duration usual = Duration.ofSeconds(20);
        return new ModelsProperties(
                openai,
                new ModelsProperties.Ollama(ollama),
                usual,
                usual,
                usual,
                usual,
                List.of(fallbacks),
                List.of(),
                List.of(),
                "",
                List.of(),
                Reach.LOCAL);
    }

    /// Of named providers alone.
    static ModelsProperties of(ModelsProperties.Named... providers) {
        Duration usual = Duration.ofSeconds(20);
        return new ModelsProperties(
                openai("", ""),
                new ModelsProperties.Ollama(""),
                usual,
                usual,
                usual,
                usual,
                List.of(),
                List.of("near/small=5000"),
                List.of("near/small=vision+tools"),
                "near/small",
                List.of(providers),
                Reach.LOCAL);
    }

    static Assembly assembly(ModelsProperties settings, ProviderHttp.Lazy http, LongSupplier nanoTime) {
        return new Assembly(
                settings,
                new RunningSettings(),
                new Assembly.Clients(http, http),
                Clock.systemUTC(),
                nanoTime,
                new ProviderMeters());
    }

    static ModelsProperties.OpenAi openai(String apiKey, String baseUrl) {
        return new ModelsProperties.OpenAi(apiKey, baseUrl, "gpt-4", 2_000, 0.7);
    }
}
