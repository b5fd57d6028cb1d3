package dev.parley.models;

import dev.parley.models.Catalogue.Wishes;
import dev.parley.models.ChatProvider.Identity;
import dev.parley.models.ModelsProperties.Form;
import dev.parley.models.ModelsProperties.Named;
import dev.parley.models.OllamaProvider.Place;
import dev.parley.settings.RunningSettings;
import dev.parley.settings.Setting;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the catalogue of what is configured: the provider of the `OPENAI_*` variables, those that the environment
/// names, and an Ollama on this machine, if it is none of these. Later also those that operators add.
final class Assembly {
    private static final Logger log = LoggerFactory.getLogger(Assembly.class);
    static final String OPENAI = "openai";
    private static final String OLLAMA = "ollama";

    private final ModelsProperties settings;
    private final RunningSettings running;
    private final Clients clients;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final ProviderMeters meters;
    private final Patience patience;
    private final Overrides overrides;
    private final AnswerDefaults defaults;
    private final ModelRules rules = new ModelRules();
    private final List<Source> environment;

    /// @param trusted goes wherever the environment says
    /// @param guarded goes where operators may send it
    record Clients(ProviderHttp.Lazy trusted, ProviderHttp.Lazy guarded) {}

    Assembly(
            ModelsProperties settings,
            RunningSettings running,
            Clients clients,
            InstantSource clock,
            LongSupplier nanoTime,
            ProviderMeters meters) {
        this.meters = meters;
        this.settings = settings;
        this.running = running;
        this.clients = clients;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.patience = settings.patience();
        this.overrides = Overrides.of(settings.contextWindows(), settings.capabilities());
        this.defaults = new AnswerDefaults(
                settings.openai().temperature(), settings.openai().maxTokens(), settings.fallbacks(), running, rules);
        this.environment = ofEnvironment();
    }

    /// Of the environment's providers, until operators add some.
    Catalogue catalogue() {
        return new Catalogue(
                environment.stream().map(Source::provider).toList(),
                meters.around(BuiltinProvider.NAME, new BuiltinProvider()),
                new Wishes(
                        () -> running.of(Setting.PARLEY_DEFAULT_MODEL).orElse(settings.defaultModel()),
                        defaults::fallbacks),
                new Breakers(nanoTime),
                rules);
    }

    /// The one whose first model is the default first.
    List<Source> environment() {
        return environment;
    }

    AnswerDefaults defaults() {
        return defaults;
    }

    ModelRules rules() {
        return rules;
    }

    private List<Source> ofEnvironment() {
        List<Source> sources = new ArrayList<>();
        ModelsProperties.OpenAi openai = settings.openai();
        if (openai.configured()) {
            sources.add(openai(openai));
        }
        for (Named named : settings.providers()) {
            sources.add(source(named, clients.trusted));
        }
        String ollama = settings.ollama().baseUrl();
        if (!ollama.isEmpty() && sources.stream().noneMatch(known -> isTheOne(known, URI.create(ollama)))) {
            sources.add(ollama(Named.ollama(OLLAMA, URI.create(ollama)), clients.trusted, true));
        }
        warnOfStrangers();
        return List.copyOf(sources);
    }

    private Source openai(ModelsProperties.OpenAi openai) {
        Named named = Named.chat(OPENAI, openai.address(), openai.apiKey(), List.of(openai.model()));
        return chat(named, new Identity(OPENAI, "", named.models(), true, null), clients.trusted);
    }

    /// One that an operator added.
    Source added(Named named) {
        return source(named, clients.guarded);
    }

    private Source source(Named named, ProviderHttp.Lazy http) {
        if (named.dialect() == Form.OLLAMA) {
            return ollama(named, http, false);
        }
        return chat(
                named,
                new Identity(
                        named.name(),
                        named.name() + "/",
                        named.models(),
                        named.models().isEmpty(),
                        named.contextWindow()),
                http);
    }

    private Source chat(Named named, Identity identity, ProviderHttp.Lazy http) {
        ChatCompletions server = ChatCompletions.at(http, named.endpoint(), named.patience(patience), clock);
        ChatProvider provider = new ChatProvider(identity, overrides, defaults, server, nanoTime);
        return new Source(named, identity.prefix(), meters.around(named.name(), provider), server);
    }

    /// @param perhaps whether it is only looked for
    private Source ollama(Named named, ProviderHttp.Lazy http, boolean perhaps) {
        // Where it speaks chat completions is below its own address, and is often given instead.
        URI address = URI.create(named.url().toString().replaceFirst("/v1$", ""));
        Place place = new Place(named.name(), address, named.models(), named.contextWindow(), perhaps);
        Endpoint root = Endpoint.of(address, named.apiKey(), named.moreHeaders());
        Patience own = named.patience(patience);
        ChatCompletions chat =
                ChatCompletions.at(http, new Endpoint(root.below("/v1"), root.headers(), null), own, clock);
        OllamaProvider provider = new OllamaProvider(
                place, overrides, defaults, ChatCompletions.at(http, root, own, clock), chat, nanoTime);
        return new Source(named, place.prefix(), meters.around(named.name(), provider), chat);
    }

    /// Which models there are is not known yet, but whose they would be.
    private void warnOfStrangers() {
        Stream.concat(settings.fallbacks().stream(), Stream.of(settings.defaultModel()))
                .filter(id -> !id.isEmpty() && !settings.openai().configured())
                .filter(id -> Stream.concat(
                                settings.providers().stream().map(Named::name), Stream.of(OLLAMA, BuiltinProvider.NAME))
                        .noneMatch(name -> id.startsWith(name + "/")))
                .forEach(id ->
                        log.warn("The settings name the model {}, but none of their providers could have it.", id));
    }

    private static boolean isTheOne(Source known, URI ollama) {
        return known.name().equals(OLLAMA) || isSameServer(ollama, known.named().url());
    }

    private static boolean isSameServer(URI one, URI other) {
        boolean samePort = one.getPort() == other.getPort();
        return samePort && (isLoopback(one) ? isLoopback(other) : one.getHost().equals(other.getHost()));
    }

    private static boolean isLoopback(URI address) {
        return List.of("127.0.0.1", "localhost", "[::1]").contains(address.getHost());
    }
}
