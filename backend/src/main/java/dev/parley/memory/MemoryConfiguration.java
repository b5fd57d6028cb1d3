package dev.parley.memory;

import dev.parley.models.EmbeddingModels;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.json.JsonMapper;

@Configuration
class MemoryConfiguration {
    @Bean
    EmbedderSource embedderSource(MemoryProperties properties, EmbeddingModels models) {
        return switch (properties.embeddings()) {
            case "off" -> EmbedderSource.none();
            case "built-in" -> EmbedderSource.builtIn();
            default -> ProviderEmbedder.source(models, properties.embeddings());
        };
    }

    /// Where memories are kept is a matter of configuration alone.
    @Bean
    @Primary
    MemoryStore memoryStore(MemoryProperties properties, OwnMemories own, JsonMapper json) {
        MemoryProperties.Mem0 mem0 = properties.mem0();
        return mem0.configured()
                ? new Mem0Memories(new Mem0Client(mem0.baseUrl(), mem0.apiKey(), json), mem0.prefix(), own)
                : own;
    }
}
