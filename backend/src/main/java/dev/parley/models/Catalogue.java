package dev.parley.models;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All providers as one list. The built-in model is in it only when there is no other.
final class Catalogue implements Models {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT_FOR_LIST = Duration.ofMillis(300);

    private final List<Provider> providers;
    private final Provider builtin;

    /// @param providers the one whose first model is the default first
    Catalogue(List<Provider> providers, Provider builtin) {
        this.providers = List.copyOf(providers);
        this.builtin = builtin;
    }

    @Override
    public List<Model> list() {
        List<Model> models = new ArrayList<>();
        for (Provider provider : providers) {
            models.addAll(provider.models());
        }
        if (models.isEmpty()) {
            models.addAll(builtin.models());
        }
        models.set(0, models.getFirst().asDefault());
        return List.copyOf(models);
    }

    /// The list for somebody who looks at it: what changed a moment ago is in it, if the provider is quick to say so.
    List<Model> newest() {
        providers.forEach(provider -> provider.awaitModels(LONGEST_WAIT_FOR_LIST));
        return list();
    }

    /// A model that is not known yet may be one that a provider is just being asked about.
    @Override
    public Optional<Model> find(String id) {
        Optional<Model> known = named(id);
        if (known.isPresent()) {
            return known;
        }
        providers.forEach(provider -> provider.awaitModels(LONGEST_WAIT));
        return named(id);
    }

    @Override
    public Model defaultModel() {
        return list().getFirst();
    }

    @Override
    public Completion open(Prompt prompt) {
        for (Provider provider : providers) {
            if (offers(provider, prompt.model())) {
                return provider.open(prompt);
            }
        }
        if (offers(builtin, prompt.model())) {
            return builtin.open(prompt);
        }
        throw new ProviderException(
                ModelError.AI_NOT_CONFIGURED, "The model " + prompt.model() + " is not offered here any more.", null);
    }

    private Optional<Model> named(String id) {
        return list().stream().filter(model -> model.id().equals(id)).findFirst();
    }

    private static boolean offers(Provider provider, String id) {
        return provider.models().stream().anyMatch(model -> model.id().equals(id));
    }
}
