package dev.parley.cluster;

import dev.parley.settings.StartFailure;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {
    /// The client is loaded only where it is needed: it costs memory and time to start.
    @Bean
    Redis redis(ClusterProperties properties) {
        if (properties.redisUrl().isEmpty()) {
            return new NoRedis();
        }
        try {
            return new LettuceRedis(properties.redisUrl());
        } catch (IllegalArgumentException e) {
            throw new StartFailure("REDIS_URL is not of the form redis://user:password@host:6379/0.", e);
        }
    }
}
