package dev.parley.models;

import dev.parley.models.Catalogue.Wishes;
import dev.parley.models.ChatProvider.Identity;
import dev.parley.models.ModelsProperties.Form;
import dev.parley.models.ModelsProperties.Named;
import dev.parley.models.OllamaProvider.Place;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the catalogue of what is configured: the provider of the `OPENAI_*` variables, those that the operator named,
/// and an Ollama on this machine, if it is none of these.
final class Assembly {
    private static final Logger log = LoggerFactory.getLogger(Assembly.class);
    private static final String OPENAI = "openai";
    private static final String OLLAMA = "ollama";

    private final ModelsProperties settings;
    private final ProviderHttp.Lazy http;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Patience patience;
    private final Overrides overrides;
    private final ChatProvider.Defaults defaults;
    private final Map<String, ChatCompletions> servers = new HashMap<>();

    Assembly(ModelsProperties settings, ProviderHttp.Lazy http, InstantSource clock, LongSupplier nanoTime) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.patience = settings.patience();
        this.overrides = Overrides.of(settings.contextWindows(), settings.capabilities());
        this.defaults = settings.openai().defaults();
    }

    Catalogue catalogue() {
        List<Provider> providers = new ArrayList<>();
        List<URI> addresses = new ArrayList<>();
        ModelsProperties.OpenAi openai = settings.openai();
        if (openai.configured()) {
            addresses.add(openai.address());
            providers.add(new ChatProvider(
                    new Identity(OPENAI, "", List.of(openai.model()), true, null),
                    overrides,
                    defaults,
                    server("", Endpoint.of(openai.address(), openai.apiKey(), Map.of()), patience),
                    nanoTime));
        }
        for (Named named : settings.providers()) {
            addresses.add(named.url());
            providers.add(provider(named));
        }
        String ollama = settings.ollama().baseUrl();
        if (!ollama.isEmpty() && !isKnown(URI.create(ollama), addresses)) {
            Endpoint endpoint = Endpoint.of(URI.create(ollama), "", Map.of());
            providers.add(ollama(new Place(OLLAMA, endpoint.address(), List.of(), null), endpoint, patience));
        }
        warnOfStrangers();
        return new Catalogue(
                providers,
                new BuiltinProvider(),
                new Wishes(settings.defaultModel(), settings.fallbacks()),
                new Breakers(nanoTime));
    }

    private Provider provider(Named named) {
        Patience own = named.patience(patience);
        if (named.dialect() == Form.OLLAMA) {
            // Where it speaks chat completions is below its own address, and is often given instead.
            URI address = URI.create(named.url().toString().replaceFirst("/v1$", ""));
            Place place = new Place(named.name(), address, named.models(), named.contextWindow());
            return ollama(place, Endpoint.of(address, named.apiKey(), named.moreHeaders()), own);
        }
        Identity identity = new Identity(
                named.name(), named.name() + "/", named.models(), named.models().isEmpty(), named.contextWindow());
        return new ChatProvider(
                identity, overrides, defaults, server(identity.prefix(), named.endpoint(), own), nanoTime);
    }

    private Provider ollama(Place place, Endpoint root, Patience own) {
        Endpoint chat = new Endpoint(root.below("/v1"), root.headers(), null);
        return new OllamaProvider(
                place,
                overrides,
                defaults,
                ChatCompletions.at(http, root, own, clock),
                server(place.name() + "/", chat, own),
                nanoTime);
    }

    /// Which models there are is not known yet, but whose they would be.
    private void warnOfStrangers() {
        Stream.concat(settings.fallbacks().stream(), Stream.of(settings.defaultModel()))
                .filter(id -> !id.isEmpty() && !settings.openai().configured())
                .filter(id -> Stream.concat(
                                settings.providers().stream().map(Named::name), Stream.of(OLLAMA, BuiltinProvider.NAME))
                        .noneMatch(name -> id.startsWith(name + "/")))
                .forEach(id -> log.warn("The settings name the model {}, but no provider that could have it.", id));
    }

    /// After [#catalogue]: of the same servers.
    EmbeddingModels embeddings() {
        return new EmbeddingModels(servers);
    }

    private ChatCompletions server(String prefix, Endpoint endpoint, Patience own) {
        ChatCompletions server = ChatCompletions.at(http, endpoint, own, clock);
        servers.put(prefix, server);
        return server;
    }

    private boolean isKnown(URI address, List<URI> addresses) {
        return addresses.stream().anyMatch(known -> isSameServer(address, known))
                || settings.providers().stream().anyMatch(named -> named.name().equals(OLLAMA));
    }

    private static boolean isSameServer(URI one, URI other) {
        boolean samePort = one.getPort() == other.getPort();
        return samePort && (isLoopback(one) ? isLoopback(other) : one.getHost().equals(other.getHost()));
    }

    private static boolean isLoopback(URI address) {
        return List.of("127.0.0.1", "localhost", "[::1]").contains(address.getHost());
    }
}
