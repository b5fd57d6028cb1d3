package dev.parley.models;

import dev.parley.models.Models.Model;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/// An Ollama on this machine. It is looked for and not configured, so that its absence is no failure.
final class OllamaProvider implements Provider {
    private static final Duration LIFETIME = Duration.ofMinutes(1);
    private static final int LONGEST_KNOCK = 1_000;
    private static final String PREFIX = "ollama/";

    private final URI address;
    private final ChatProvider.Defaults defaults;
    private final ChatCompletions tags;
    private final ChatCompletions chat;
    private final Listing listing;

    /// @param address without a path
    /// @param defaults whose temperature and length hold here too
    /// @param root the server at this address
    /// @param chat the server at `/v1` below it
    OllamaProvider(
            URI address,
            ChatProvider.Defaults defaults,
            ChatCompletions root,
            ChatCompletions chat,
            LongSupplier nanoTime) {
        this.address = address;
        this.defaults = defaults;
        this.tags = root;
        this.chat = chat;
        this.listing = new Listing("Ollama", this::installed, LIFETIME, nanoTime);
    }

    @Override
    public List<Model> models() {
        return listing.names().stream()
                .map(name -> KnownModels.describe(PREFIX + name, name, "ollama"))
                .toList();
    }

    @Override
    public void awaitModels(Duration longest) {
        listing.await(longest);
    }

    @Override
    public Completion open(Prompt prompt) {
        Double temperature = prompt.temperature();
        Integer maxTokens = prompt.maxTokens();
        return chat.open(new ChatRequest(
                prompt.model().substring(PREFIX.length()),
                prompt,
                temperature == null ? defaults.temperature() : temperature,
                maxTokens == null ? defaults.maxTokens() : maxTokens));
    }

    private List<String> installed() {
        return somebodyListens() ? ModelNames.of(tags.get("/api/tags"), "models", "name") : List.of();
    }

    /// A bare connection first: where there is no Ollama, which is usual, no HTTP client needs to be loaded.
    private boolean somebodyListens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), LONGEST_KNOCK);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
