package dev.parley.models;

import java.util.List;
import java.util.Optional;

/// The models that this instance can ask. The door of this module for others.
public interface Models {
    /// What is configured and answers; never empty, the default one first.
    List<Model> list();

    Optional<Model> find(String id);

    /// Which model answers when nobody chose.
    Model defaultModel();

    /// Asks. Returns when the provider has accepted the request or, at the latest, with the first piece.
    ///
    /// @throws ProviderException when it does not
    Completion open(Prompt prompt);

    /// @param id as clients name it: the bare name for the `OPENAI_*` provider, `provider/name` for others
    /// @param contextWindow in tokens
    record Model(
            String id, String name, String provider, boolean isDefault, Capabilities capabilities, int contextWindow) {}

    record Capabilities(boolean vision, boolean reasoning, boolean tools) {}
}
