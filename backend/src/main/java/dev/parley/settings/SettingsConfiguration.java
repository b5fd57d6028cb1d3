package dev.parley.settings;

import dev.parley.shared.Roles;
import dev.parley.shared.Roles.Role;
import java.nio.file.Path;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {
    @Bean
    Secrets secrets(
            @Value("${PARLEY_DATA_DIR}") Path dataDirectory,
            @Value("${JWT_SECRET_KEY:}") String jwtKey,
            @Value("${SECRET_KEY:}") String secretKey) {
        return new Secrets(dataDirectory, jwtKey, secretKey);
    }

    @Bean
    Settings settings(ConfigurableEnvironment environment) {
        return SettingsPropertySource.of(environment);
    }

    @Bean
    Roles roles(@Value("${PARLEY_ROLES}") Set<Role> roles) {
        return new Roles(roles);
    }

    @Bean
    RunningSettings runningSettings() {
        return new RunningSettings();
    }

    @Bean
    SecretBox secretBox(Secrets secrets) {
        return new SecretBox(secrets::secretKey);
    }
}
