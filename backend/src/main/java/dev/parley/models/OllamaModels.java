package dev.parley.models;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an Ollama has, by its own calls. How much a model reads is not what it could: Ollama cuts a longer conversation
/// without a word at the window it was loaded with, which is small unless somebody chose another.
final class OllamaModels {
    private static final int STANDARD_WINDOW = 4_096;
    private static final Pattern CHOSEN_WINDOW = Pattern.compile("(?m)^num_ctx\\s+(\\d{1,9})\\s*$");

    private final ChatCompletions server;
    private final Map<Version, Described> described = new ConcurrentHashMap<>();

    OllamaModels(ChatCompletions server) {
        this.server = server;
    }

    /// @param digest of the model's content
    private record Version(String name, String digest) {}

    /// @param chosenWindow as its model file says
    /// @param largestWindow that it could have
    private record Described(
            @Nullable JsonNode capabilities,
            @Nullable Integer chosenWindow,
            @Nullable Integer largestWindow) {
        static final Described UNKNOWN = new Described(null, null, null);

        boolean isForChat() {
            return capabilities == null || ListedModels.contains(capabilities, "completion");
        }

        @Nullable
        Boolean can(String word) {
            return capabilities == null ? null : ListedModels.contains(capabilities, word);
        }

        int window(@Nullable Integer loaded) {
            if (loaded != null) {
                return loaded;
            }
            int chosen = chosenWindow == null ? STANDARD_WINDOW : chosenWindow;
            return largestWindow == null ? chosen : Math.min(chosen, largestWindow);
        }
    }

    /// @throws ProviderException when it does not say
    List<Listed> list() {
        List<Version> versions = ListedModels.entries(json("/api/tags").path("models"))
                .map(entry -> new Version(
                        entry.path("name").asString(""), entry.path("digest").asString("")))
                .filter(version -> ListedModels.isName(version.name))
                .sorted(Comparator.comparing(Version::name))
                .toList();
        Map<String, Integer> loaded = loaded();
        List<Listed> models = new ArrayList<>();
        boolean asks = true;
        described.keySet().retainAll(versions);
        for (Version version : versions) {
            Described model = described.get(version);
            if (model == null && asks) {
                model = ask(version);
                described.put(version, model);
                // One that does not say is no reason to wait for the others one by one.
                asks = !model.equals(Described.UNKNOWN);
            }
            add(models, version.name, model == null ? Described.UNKNOWN : model, loaded.get(version.name));
        }
        described.values().removeIf(Described.UNKNOWN::equals);
        return models;
    }

    private static void add(List<Listed> models, String name, Described model, @Nullable Integer loadedWindow) {
        if (model.isForChat()) {
            models.add(new Listed(
                    name, model.window(loadedWindow), model.can("vision"), model.can("thinking"), model.can("tools")));
        }
    }

    /// The windows of the models that are in memory.
    private Map<String, Integer> loaded() {
        try {
            return ListedModels.entries(json("/api/ps").path("models"))
                    .filter(entry ->
                            ListedModels.window(entry.path("context_length").asLong(0)) != null)
                    .collect(Collectors.toMap(
                            entry -> entry.path("name").asString(""),
                            entry -> entry.path("context_length").asInt(),
                            Math::min));
        } catch (ProviderException e) {
            return Map.of(); // an older one does not say
        }
    }

    private Described ask(Version version) {
        try {
            byte[] question = JsonMapper.shared()
                    .writeValueAsString(Map.of("model", version.name))
                    .getBytes(StandardCharsets.UTF_8);
            JsonNode model = ListedModels.json(server.post("/api/show", question));
            JsonNode capabilities = model.path("capabilities");
            Matcher chosen = CHOSEN_WINDOW.matcher(model.path("parameters").asString(""));
            return new Described(
                    capabilities.isArray() ? capabilities : null,
                    chosen.find() ? ListedModels.window(Long.parseLong(chosen.group(1))) : null,
                    largest(model.path("model_info")));
        } catch (ProviderException e) {
            return Described.UNKNOWN; // its name has to do
        }
    }

    private static @Nullable Integer largest(JsonNode info) {
        String architecture = info.path("general.architecture").asString("");
        return ListedModels.window(info.path(architecture + ".context_length").asLong(0));
    }

    private JsonNode json(String path) {
        return ListedModels.json(server.get(path));
    }
}
