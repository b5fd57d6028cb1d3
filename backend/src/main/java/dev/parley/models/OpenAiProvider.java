package dev.parley.models;

import dev.parley.models.Models.Model;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/// The provider that the `OPENAI_*` variables name. Its configured model is offered whether or not the provider lists
/// its models; what it lists comes after.
final class OpenAiProvider implements Provider {
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final int MOST_MODELS = 200;

    private final ModelsProperties.OpenAi settings;
    private final ChatCompletions server;
    private final Listing listing;

    OpenAiProvider(ModelsProperties.OpenAi settings, ChatCompletions server, LongSupplier nanoTime) {
        this.settings = settings;
        this.server = server;
        this.listing = new Listing(
                server.toString(), () -> ModelNames.of(server.get("/models"), "data", "id"), LIFETIME, nanoTime);
    }

    @Override
    public List<Model> models() {
        Set<String> names = new LinkedHashSet<>();
        names.add(settings.model());
        names.addAll(listing.names());
        List<Model> models = new ArrayList<>();
        for (String name : names) {
            if (models.size() < MOST_MODELS) {
                models.add(KnownModels.describe(name, name, "openai"));
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
                prompt.model(),
                prompt,
                temperature == null ? settings.temperature() : temperature,
                maxTokens == null ? settings.maxTokens() : maxTokens));
    }
}
