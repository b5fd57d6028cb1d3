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
        return running.of(Setting.PARLEY_REGISTRATION).map("open"::equals).orElseGet(this::atStart);
    }

    /// Whether an account may be a stranger's own making: what operators close now was open before.
    boolean canHaveBeenOpen() {
        return areOpen() || atStart();
    }

    private boolean atStart() {
        return properties.registration() == AuthProperties.Registration.OPEN;
    }
}
