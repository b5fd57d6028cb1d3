package dev.parley.models;

import dev.parley.models.Models.Model;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/// A provider that speaks chat completions. The models it is configured with are offered whether or not it lists them;
/// what it lists comes after.
final class ChatProvider implements Provider {
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final int MOST_MODELS = 500;

    private final Identity identity;
    private final Defaults defaults;
    private final ChatCompletions server;
    private final Listing listing;

    /// @param name as the catalogue shows it
    /// @param prefix what stands before a model's name in its id
    /// @param models the names of the configured models
    /// @param lists whether to ask it which others it has
    record Identity(String name, String prefix, List<String> models, boolean lists) {}

    /// What holds where nobody chose.
    record Defaults(double temperature, int maxTokens) {}

    ChatProvider(Identity identity, Defaults defaults, ChatCompletions server, LongSupplier nanoTime) {
        this.identity = identity;
        this.defaults = defaults;
        this.server = server;
        this.listing = new Listing(server.toString(), this::listed, LIFETIME, nanoTime);
    }

    @Override
    public List<Model> models() {
        Set<String> names = new LinkedHashSet<>(identity.models);
        names.addAll(listing.names());
        List<Model> models = new ArrayList<>();
        for (String name : names) {
            if (models.size() < MOST_MODELS) {
                models.add(KnownModels.describe(identity.prefix + name, name, identity.name));
            }
        }
        return models;
    }

    @Override
    public void awaitModels(Duration longest) {
        listing.await(longest);
    }

    @Override
    public Completion open(Prompt prompt) {
        Double temperature = prompt.temperature();
        Integer maxTokens = prompt.maxTokens();
        return server.open(new ChatRequest(
                prompt.model().substring(identity.prefix.length()),
                prompt,
                temperature == null ? defaults.temperature : temperature,
                maxTokens == null ? defaults.maxTokens : maxTokens));
    }

    private List<String> listed() {
        return identity.lists ? ModelNames.of(server.get("/models"), "data", "id") : List.of();
    }
}
