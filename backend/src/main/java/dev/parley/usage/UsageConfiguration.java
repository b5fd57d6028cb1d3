package dev.parley.usage;

import dev.parley.models.AnswerDefaults;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UsageProperties.class)
class UsageConfiguration {
    @Bean
    Prices prices(UsageProperties properties, AnswerDefaults defaults) {
        return Prices.of(properties.prices(), defaults::fallbacks);
    }
}
