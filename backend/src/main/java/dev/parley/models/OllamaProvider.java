package dev.parley.models;

import dev.parley.models.Models.Model;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// An Ollama. Where it is looked for and not configured, its absence is no failure.
final class OllamaProvider implements Provider {
    private static final Duration LIFETIME = Duration.ofMinutes(1);
    private static final int LONGEST_KNOCK = 1_000;

    private final Place place;
    private final Overrides overrides;
    private final AnswerDefaults defaults;
    private final OllamaModels installed;
    private final ChatCompletions chat;
    private final Listing listing;

    /// @param name as the catalogue shows it; it stands before a model's name in its id
    /// @param address without a path
    /// @param models those to offer; empty: all that are installed
    /// @param contextWindow of all its models; null: as it says
    /// @param perhaps whether it is only looked for there
    record Place(
            String name,
            URI address,
            List<String> models,
            @Nullable Integer contextWindow,
            boolean perhaps) {
        String prefix() {
            return name + "/";
        }
    }

    /// @param defaults whose temperature and length hold here too
    /// @param root the server at this address
    /// @param chat the server at `/v1` below it
    OllamaProvider(
            Place place,
            Overrides overrides,
            AnswerDefaults defaults,
            ChatCompletions root,
            ChatCompletions chat,
            LongSupplier nanoTime) {
        this.place = place;
        this.overrides = overrides;
        this.defaults = defaults;
        this.installed = new OllamaModels(root);
        this.chat = chat;
        this.listing = new Listing(place.name, List.of(), this::offered, LIFETIME, nanoTime);
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
        return chat.open(
                defaults.request(prompt.model().substring(place.prefix().length()), prompt));
    }

    private List<Model> offered() {
        return place.perhaps && !somebodyListens() ? List.of() : modelsNow();
    }

    @Override
    public List<Model> modelsNow() {
        return installed.list().stream()
                .filter(model -> place.models.isEmpty() || place.models.contains(model.name()))
                .map(model -> overrides.model(place.prefix() + model.name(), model, place.name, place.contextWindow))
                .toList();
    }

    /// A bare connection first: where there is no Ollama, which is usual, no HTTP client needs to be loaded.
    private boolean somebodyListens() {
        try (Socket socket = new Socket()) {
            int port = place.address.getPort();
            int usual = "https".equals(place.address.getScheme()) ? 443 : 80;
            socket.connect(new InetSocketAddress(place.address.getHost(), port < 0 ? usual : port), LONGEST_KNOCK);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
