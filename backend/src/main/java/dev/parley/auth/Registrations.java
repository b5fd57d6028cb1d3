package dev.parley.auth;

import dev.parley.settings.RunningSettings;
import dev.parley.settings.Setting;
import org.springframework.stereotype.Component;

/// Whether strangers may make accounts, at this moment.
@Component
class Registrations {
    private final AuthProperties properties;
    private final RunningSettings running;

    Registrations(AuthProperties properties, RunningSettings running) {
        this.properties = properties;
        this.running = running;
    }

    boolean areOpen() {
        return running.of(Setting.PARLEY_REGISTRATION)
                .map("open"::equals)
                .orElse(properties.registration() == AuthProperties.Registration.OPEN);
    }

    /// The same for who comes from the OpenID provider.
    boolean areOpenToProvider() {
        AuthProperties.Registration own = properties.providerRegistration();
        return own == null ? areOpen() : own == AuthProperties.Registration.OPEN;
    }
}
