package dev.parley.models;

import dev.parley.settings.RunningSettings;
import dev.parley.settings.Setting;

/// What holds for an answer where nobody chose, and what no choice exceeds.
final class AnswerDefaults {
    private final double temperature;
    private final int maxTokens;
    private final RunningSettings running;
    private final ModelRules rules;

    /// @param temperature unless operators set another
    /// @param maxTokens the same
    AnswerDefaults(double temperature, int maxTokens, RunningSettings running, ModelRules rules) {
        this.temperature = temperature;
        this.maxTokens = maxTokens;
        this.running = running;
        this.rules = rules;
    }

    /// @param model as the provider names it
    ChatRequest request(String model, Prompt prompt) {
        Double chosenTemperature = prompt.temperature();
        Integer chosenTokens = prompt.maxTokens();
        return new ChatRequest(
                model,
                prompt,
                chosenTemperature == null
                        ? running.of(Setting.OPENAI_TEMPERATURE)
                                .map(Double::valueOf)
                                .orElse(temperature)
                        : chosenTemperature,
                rules.atMost(
                        prompt.model(),
                        chosenTokens == null
                                ? running.number(Setting.OPENAI_MAX_TOKENS).orElse(maxTokens)
                                : chosenTokens));
    }
}
