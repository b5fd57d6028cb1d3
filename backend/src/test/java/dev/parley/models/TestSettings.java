package dev.parley.models;

import java.time.Duration;
import org.jspecify.annotations.NullMarked;

@NullMarked
final class TestSettings {
    private TestSettings() {}

    static ModelsProperties patience(Duration firstByte, Duration idle) {
        return new ModelsProperties(
                openai("", ""), new ModelsProperties.Ollama(""), Duration.ofSeconds(5), firstByte, idle);
    }

    static ModelsProperties of(ModelsProperties.OpenAi openai, String ollama) {
        Duration usual = Duration.ofSeconds(20);
        return new ModelsProperties(openai, new ModelsProperties.Ollama(ollama), usual, usual, usual);
    }

    static ModelsProperties.OpenAi openai(String apiKey, String baseUrl) {
        return new ModelsProperties.OpenAi(apiKey, baseUrl, "gpt-4", 2_000, 0.7);
    }
}
