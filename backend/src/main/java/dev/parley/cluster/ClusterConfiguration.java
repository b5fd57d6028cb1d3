package dev.parley.cluster;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {
    /// The client is loaded only where it is needed: it costs memory and time to start.
    @Bean
    Redis redis(ClusterProperties properties) {
        return properties.redisUrl().isEmpty() ? new NoRedis() : new LettuceRedis(properties.redisUrl());
    }
}
