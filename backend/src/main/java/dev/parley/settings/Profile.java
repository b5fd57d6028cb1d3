package dev.parley.settings;

import java.util.Locale;
import java.util.Map;

/// What an instance is for: other defaults for some settings, which whatever is set wins over. What no setting decides
/// stands in `application.yaml` under the profile's name.
enum Profile {
    PRODUCTION(Map.of()),
    /// Says what it does, and does not keep whoever starts it again and again.
    DEVELOPMENT(Map.of(Setting.DEBUG, "true", Setting.PARLEY_DRAIN_SECONDS, "0")),
    /// For programs that try it: the same question has the same answer, as far as the model can, and nobody is slowed
    /// down.
    TESTING(Map.of(
            Setting.PARLEY_RATE_LIMITS, "off", Setting.PARLEY_DRAIN_SECONDS, "0", Setting.OPENAI_TEMPERATURE, "0")),
    /// For 512 MB, its database included.
    SMALL(Map.of(Setting.PARLEY_EMBEDDINGS, "off"));

    @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
    private final Map<Setting, String> defaults;

    Profile(Map<Setting, String> defaults) {
        this.defaults = defaults;
    }

    /// @param word as [Setting#PARLEY_PROFILE] has it
    static Profile of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    Map<Setting, String> defaults() {
        return defaults;
    }
}
