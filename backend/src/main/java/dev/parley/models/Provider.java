package dev.parley.models;

import dev.parley.models.Models.Model;
import java.time.Duration;
import java.util.List;

/// One source of answers in the catalogue.
interface Provider {
    /// Its models as they are known now, the preferred one first. Never waits; what is old is asked for again in the
    /// background.
    List<Model> models();

    /// Asks it, and waits: for whoever wants to know whether it answers.
    ///
    /// @throws ProviderException when it does not say
    List<Model> modelsNow();

    /// Waits for what is being asked about the models, though not longer than this.
    void awaitModels(Duration longest);

    /// @param prompt whose model is one of [#models()]
    Completion open(Prompt prompt);
}
