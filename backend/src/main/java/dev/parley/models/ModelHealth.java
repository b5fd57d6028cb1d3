package dev.parley.models;

import dev.parley.shared.HealthPart;
import org.springframework.stereotype.Component;

/// Whether a language model is configured. Asking one is for the administrator's test, not for every probe.
@Component
class ModelHealth implements HealthPart {
    private final Models models;

    ModelHealth(Models models) {
        this.models = models;
    }

    @Override
    public String name() {
        return "ai";
    }

    @Override
    public State state() {
        return models.defaultModel().provider().equals(BuiltinProvider.NAME) ? State.DISABLED : State.ok();
    }
}
