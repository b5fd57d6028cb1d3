package dev.parley.models;

import dev.parley.settings.RunningSettings;
import dev.parley.settings.Setting;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What holds for an answer where nobody chose, what no choice exceeds, and who gives it when another cannot. All of it
/// is looked up anew each time, because operators change it while the server runs.
public final class AnswerDefaults {
    private final double temperature;
    private final int maxTokens;
    private final List<String> fallbacks;
    private final RunningSettings running;
    private final ModelRules rules;

    /// @param temperature unless operators set another
    /// @param maxTokens the same
    /// @param fallbacks the same
    AnswerDefaults(
            double temperature, int maxTokens, List<String> fallbacks, RunningSettings running, ModelRules rules) {
        this.temperature = temperature;
        this.maxTokens = maxTokens;
        this.fallbacks = List.copyOf(fallbacks);
        this.running = running;
        this.rules = rules;
    }

    /// How long an answer may be, in tokens: what is held of a quota for it, and what its provider is asked for.
    ///
    /// @param model the catalogue's id
    /// @param wished null: nobody chose. Nor did who wishes for less than one: nothing but an import can say so
    public int longest(String model, @Nullable Integer wished) {
        return rules.atMost(
                model,
                wished == null || wished < 1
                        ? running.number(Setting.OPENAI_MAX_TOKENS).orElse(maxTokens)
                        : wished);
    }

    /// The ids of the models that answer when another cannot, in this order.
    public List<String> fallbacks() {
        return running.of(Setting.PARLEY_FALLBACK_MODELS)
                .map(ids -> Arrays.asList(ids.split(",", -1)))
                .orElse(fallbacks);
    }

    /// @param model as the provider names it
    ChatRequest request(String model, Prompt prompt) {
        Double chosenTemperature = prompt.temperature();
        return new ChatRequest(
                model,
                prompt,
                chosenTemperature == null
                        ? running.of(Setting.OPENAI_TEMPERATURE)
                                .map(Double::valueOf)
                                .orElse(temperature)
                        : chosenTemperature,
                longest(prompt.model(), prompt.maxTokens()));
    }
}
