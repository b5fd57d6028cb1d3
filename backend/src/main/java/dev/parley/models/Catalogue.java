package dev.parley.models;

import dev.parley.models.ChainedCompletion.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// All providers as one list. The built-in model is in it only when there is no other.
final class Catalogue implements Models {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT_FOR_LIST = Duration.ofMillis(300);

    private volatile List<Provider> providers;
    private final Provider builtin;
    private final Wishes wishes;
    private final Breakers breakers;
    private final ModelRules rules;

    /// What the operator wants of the models together, by their ids.
    ///
    /// @param standard who answers when nobody chose; empty: the first
    /// @param fallbacks who steps in, in this order
    record Wishes(Supplier<String> standard, Supplier<List<String>> fallbacks) {}

    /// @param providers the one whose first model is the default first
    Catalogue(List<Provider> providers, Provider builtin, Wishes wishes, Breakers breakers, ModelRules rules) {
        this.providers = List.copyOf(providers);
        this.builtin = builtin;
        this.wishes = wishes;
        this.breakers = breakers;
        this.rules = rules;
    }

    /// From now on these count; what is being answered ends as it began.
    ///
    /// @param changed the names of those that are others than before
    void replace(List<Provider> all, Collection<String> changed) {
        providers = List.copyOf(all);
        changed.forEach(breakers::forget);
    }

    @Override
    public List<Model> list() {
        List<Model> models = new ArrayList<>();
        for (Provider provider : providers) {
            provider.models().stream().filter(rules::offers).map(rules::ruled).forEach(models::add);
        }
        if (models.isEmpty()) {
            models.addAll(builtin.models());
        }
        String wished = wishes.standard.get();
        Model standard = models.stream()
                .filter(model -> model.id().equals(wished))
                .findFirst()
                .orElse(models.getFirst());
        models.remove(standard);
        models.addFirst(standard.asDefault());
        return List.copyOf(models);
    }

    /// Also what is not offered, as the providers have it.
    List<Model> everything() {
        await(LONGEST_WAIT_FOR_LIST);
        return providers.stream()
                .flatMap(provider -> provider.models().stream())
                .toList();
    }

    @Override
    public List<Model> newest() {
        await(LONGEST_WAIT_FOR_LIST);
        return list();
    }

    /// All are being asked at once, so that the time is one for all.
    private void await(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        List<Provider> asked = providers;
        asked.forEach(Provider::models);
        for (Provider provider : asked) {
            provider.awaitModels(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        }
    }

    /// A model that is not known yet may be one that a provider is just being asked about.
    @Override
    public Optional<Model> find(String id) {
        Optional<Model> known = named(id);
        if (known.isPresent()) {
            return known;
        }
        await(LONGEST_WAIT);
        return named(id);
    }

    @Override
    public Model defaultModel() {
        return list().getFirst();
    }

    @Override
    public Completion open(Prompt prompt) {
        List<Link> chain = Stream.concat(Stream.of(prompt.model()), wishes.fallbacks.get().stream())
                .distinct()
                .flatMap(id -> link(id).stream())
                .toList();
        if (chain.isEmpty()) {
            throw Failures.notOffered(prompt.model());
        }
        return new ChainedCompletion(prompt, chain, breakers);
    }

    /// Whether a model failed a moment ago and is left alone for a while.
    boolean isDegraded() {
        return breakers.anyOpen();
    }

    private Optional<Model> named(String id) {
        return list().stream().filter(model -> model.id().equals(id)).findFirst();
    }

    private Optional<Link> link(String id) {
        return Stream.concat(providers.stream(), Stream.of(builtin))
                .flatMap(provider -> provider.models().stream()
                        .filter(model -> model.id().equals(id) && rules.offers(model))
                        .map(model -> new Link(provider, rules.ruled(model))))
                .findFirst();
    }
}
