package dev.parley.settings;

import static org.springframework.core.env.StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/// Gives Spring the settings as we read them, in the place of the environment as it is: there an empty value would
/// count, and a bad one would be found by whoever happens to use it.
final class SettingsSource implements EnvironmentPostProcessor, Ordered {
    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        MutablePropertySources sources = environment.getPropertySources();
        Map<String, Object> rest = new LinkedHashMap<>(environment.getSystemEnvironment());
        for (Setting setting : Setting.values()) {
            rest.remove(setting.name());
        }
        rest.values().removeIf(value -> value.toString().isEmpty());
        sources.replace(
                SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, rest));
        sources.addBefore(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SettingsPropertySource(Settings.load()));
    }

    /// Before the configuration files, whose placeholders these are.
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
