package dev.parley.memory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
class MemoryConfiguration {
    @Bean
    EmbedderSource embedderSource(MemoryProperties properties) {
        return properties.embeddings().equals("off") ? EmbedderSource.none() : EmbedderSource.builtIn();
    }
}
