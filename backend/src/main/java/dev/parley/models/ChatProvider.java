package dev.parley.models;

import dev.parley.models.Models.Model;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A provider that speaks chat completions. The models it is configured with are offered whether or not it lists them;
/// what it lists comes after.
final class ChatProvider implements Provider {
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final int MOST_MODELS = 500;

    private final Identity identity;
    private final Overrides overrides;
    private final AnswerDefaults defaults;
    private final ChatCompletions server;
    private final Listing listing;

    /// @param name as the catalogue shows it
    /// @param prefix what stands before a model's name in its id
    /// @param models the names of the configured models
    /// @param lists whether to ask it which others it has
    /// @param contextWindow of all its models; null: as it says, or as their names tell
    record Identity(
            String name,
            String prefix,
            List<String> models,
            boolean lists,
            @Nullable Integer contextWindow) {}

    ChatProvider(
            Identity identity,
            Overrides overrides,
            AnswerDefaults defaults,
            ChatCompletions server,
            LongSupplier nanoTime) {
        this.identity = identity;
        this.overrides = overrides;
        this.defaults = defaults;
        this.server = server;
        this.listing = new Listing(identity.name, described(List.of()), this::modelsNow, LIFETIME, nanoTime);
    }

    @Override
    public List<Model> models() {
        return listing.models();
    }

    @Override
    public void awaitModels(Duration longest) {
        listing.await(longest);
    }

    @Override
    public Completion open(Prompt prompt) {
        return server.open(defaults.request(prompt.model().substring(identity.prefix.length()), prompt));
    }

    @Override
    public List<Model> modelsNow() {
        return described(listed());
    }

    private List<Listed> listed() {
        return identity.lists ? ListedModels.of(server.get("/models")) : List.of();
    }

    private List<Model> described(List<Listed> listed) {
        Map<String, Listed> byName = new LinkedHashMap<>();
        identity.models.forEach(name -> byName.put(name, Listed.named(name)));
        listed.forEach(model -> byName.put(model.name(), model));
        return byName.values().stream()
                .limit(MOST_MODELS)
                .map(model ->
                        overrides.model(identity.prefix + model.name(), model, identity.name, identity.contextWindow))
                .toList();
    }
}
