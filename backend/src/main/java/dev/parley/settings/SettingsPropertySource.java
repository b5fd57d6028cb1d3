package dev.parley.settings;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/// The settings as Spring sees them, which remember where each came from.
final class SettingsPropertySource extends MapPropertySource {
    private static final String NAME = "settings";

    private final Settings settings;

    SettingsPropertySource(Settings settings) {
        super(NAME, settings.properties());
        this.settings = settings;
    }

    static Settings of(ConfigurableEnvironment environment) {
        if (environment.getPropertySources().get(NAME) instanceof SettingsPropertySource source) {
            return source.settings;
        }
        throw new IllegalStateException("The settings were not read.");
    }
}
