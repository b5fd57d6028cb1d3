package dev.parley.models;

import dev.parley.models.Models.Model;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What operators decided about single models, by their ids. It counts before all else that is known of them.
final class ModelRules {
    private static final Rule NONE = new Rule(true, null, null);

    private volatile Map<String, Rule> rules = Map.of();

    /// @param contextWindow in tokens; null: as it says
    /// @param maxTokens how long its answers may be, whatever a chat asks for; null: as for all
    record Rule(
            boolean enabled,
            @Nullable Integer contextWindow,
            @Nullable Integer maxTokens) {}

    void replace(Map<String, Rule> all) {
        rules = Map.copyOf(all);
    }

    Rule of(String id) {
        return rules.getOrDefault(id, NONE);
    }

    boolean offers(Model model) {
        return of(model.id()).enabled();
    }

    Model ruled(Model model) {
        Integer window = of(model.id()).contextWindow();
        return window == null ? model : model.withWindow(window);
    }

    int atMost(String id, int tokens) {
        Integer most = of(id).maxTokens();
        return most == null ? tokens : Math.min(most, tokens);
    }
}
