package dev.parley.models;

import dev.parley.models.ChatProvider.Identity;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
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
    Catalogue models(ModelsProperties settings, ProviderHttp.Lazy http, Clock clock) {
        List<Provider> providers = new ArrayList<>();
        LongSupplier nanoTime = System::nanoTime;
        Patience patience = settings.patience();
        ModelsProperties.OpenAi openai = settings.openai();
        if (openai.configured()) {
            providers.add(new ChatProvider(
                    new Identity("openai", "", List.of(openai.model()), true),
                    openai.defaults(),
                    ChatCompletions.at(http, openai.address(), openai.apiKey(), patience, clock),
                    nanoTime));
        }
        String ollama = settings.ollama().baseUrl();
        if (!ollama.isEmpty() && !(openai.configured() && isSameServer(URI.create(ollama), openai.address()))) {
            providers.add(new OllamaProvider(
                    URI.create(ollama),
                    openai.defaults(),
                    ChatCompletions.at(http, URI.create(ollama), "", patience, clock),
                    ChatCompletions.at(http, URI.create(ollama + "/v1"), "", patience, clock),
                    nanoTime));
        }
        return new Catalogue(providers, new BuiltinProvider(), settings.fallbacks(), new Breakers(nanoTime));
    }

    /// The first look at who is there; it goes on in the background.
    @Bean
    ApplicationListener<ApplicationReadyEvent> lookForModels(Models models) {
        return ready -> models.list();
    }

    private static boolean isSameServer(URI one, URI other) {
        boolean samePort = one.getPort() == other.getPort();
        return samePort && (isLoopback(one) ? isLoopback(other) : one.getHost().equals(other.getHost()));
    }

    private static boolean isLoopback(URI address) {
        return List.of("127.0.0.1", "localhost", "[::1]").contains(address.getHost());
    }
}
