package dev.parley.models;

import java.time.Clock;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Which providers there are is decided here and not by conditions on beans, so that it can change with the
/// environment of an instance that was prepared for fast starts.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ModelsProperties.class)
class ModelsConfiguration {
    @Bean
    ProviderHttp.Lazy providerHttp(ModelsProperties settings) {
        return new ProviderHttp.Lazy(settings.connectTimeout());
    }

    @Bean
    Assembly assembly(ModelsProperties settings, ProviderHttp.Lazy http, Clock clock) {
        return new Assembly(settings, http, clock, System::nanoTime);
    }

    @Bean
    Catalogue models(Assembly assembly) {
        return assembly.catalogue();
    }

    @Bean
    EmbeddingModels embeddingModels(Assembly assembly, Catalogue assembled) {
        return assembly.embeddings();
    }

    /// The first look at who is there; it goes on in the background.
    @Bean
    ApplicationListener<ApplicationReadyEvent> lookForModels(Models models) {
        return ready -> models.list();
    }
}
