package dev.parley.models;

import dev.parley.models.Models.Capabilities;
import dev.parley.models.Models.Model;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the operator says of single models. It counts before what their providers say, and that before what their names
/// tell.
///
/// @param windows tokens by a model's id
record Overrides(Map<String, Integer> windows, Map<String, Capabilities> capabilities) {
    static final Overrides NONE = new Overrides(Map.of(), Map.of());

    /// @param windows each `id=131072`
    /// @param capabilities each `id=tools+vision`
    static Overrides of(List<String> windows, List<String> capabilities) {
        return new Overrides(byId(windows, Integer::valueOf), byId(capabilities, Overrides::capabilities));
    }

    /// @param windowOfProvider what the operator says of all models of the provider
    Model model(String id, Listed listed, String provider, @Nullable Integer windowOfProvider) {
        Model known = KnownModels.describe(id, listed.name(), provider);
        Integer window = windows.get(id);
        if (window == null) {
            window = windowOfProvider == null ? listed.contextWindow() : windowOfProvider;
        }
        return new Model(
                id,
                listed.name(),
                provider,
                false,
                capabilities.getOrDefault(id, listed.capabilities(known.capabilities())),
                window == null ? known.contextWindow() : window);
    }

    private static Capabilities capabilities(String words) {
        List<String> named = Arrays.asList(words.split("\\+", -1));
        return new Capabilities(named.contains("vision"), named.contains("reasoning"), named.contains("tools"));
    }

    private static <T> Map<String, T> byId(List<String> items, Function<String, T> value) {
        return items.stream()
                .collect(Collectors.toMap(
                        item -> item.substring(0, item.lastIndexOf('=')),
                        item -> value.apply(item.substring(item.lastIndexOf('=') + 1)),
                        (_, later) -> later));
    }
}
