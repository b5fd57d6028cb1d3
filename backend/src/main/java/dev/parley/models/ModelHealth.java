package dev.parley.models;

import dev.parley.shared.HealthPart;
import org.springframework.stereotype.Component;

/// Whether a language model is configured, and how the last questions to it went. Asking one is for the
/// administrator's test, not for every probe.
@Component
class ModelHealth implements HealthPart {
    private final Catalogue catalogue;

    ModelHealth(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public String name() {
        return "ai";
    }

    @Override
    public State state() {
        if (catalogue.defaultModel().provider().equals(BuiltinProvider.NAME)) {
            return State.DISABLED;
        }
        return catalogue.isDegraded() ? State.degraded("A language model failed a moment ago.") : State.ok();
    }
}
