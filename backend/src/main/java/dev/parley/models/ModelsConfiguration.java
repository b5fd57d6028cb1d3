package dev.parley.models;

import dev.parley.models.Assembly.Clients;
import dev.parley.settings.RunningSettings;
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
    ProviderHttp.Lazy guardedProviderHttp(ModelsProperties settings) {
        return ProviderHttp.Lazy.within(settings.networks(), settings.connectTimeout());
    }

    @Bean
    ProviderMeters providerMeters() {
        return new ProviderMeters();
    }

    @Bean
    Assembly assembly(
            ModelsProperties settings,
            RunningSettings running,
            ProviderHttp.Lazy providerHttp,
            ProviderHttp.Lazy guardedProviderHttp,
            Clock clock,
            ProviderMeters meters) {
        return new Assembly(
                settings, running, new Clients(providerHttp, guardedProviderHttp), clock, System::nanoTime, meters);
    }

    @Bean
    AnswerDefaults answerDefaults(Assembly assembly) {
        return assembly.defaults();
    }

    @Bean
    Catalogue models(Assembly assembly) {
        return assembly.catalogue();
    }

    @Bean
    EmbeddingModels embeddingModels(Providers providers) {
        return new EmbeddingModels(providers::servers);
    }

    /// The first look at who is there; it goes on in the background.
    @Bean
    ApplicationListener<ApplicationReadyEvent> lookForModels(Models models) {
        return ready -> models.list();
    }
}
