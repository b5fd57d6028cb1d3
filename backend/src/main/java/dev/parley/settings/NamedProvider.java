package dev.parley.settings;

import dev.parley.settings.Settings.Entry;
import dev.parley.settings.Settings.Sources;
import dev.parley.settings.Settings.Value;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A provider of models that the operator named, as it is set.
record NamedProvider(String name, Map<ProviderSetting, Value> values) {
    /// @param names separated by commas
    /// @param mistakes where a sentence is added for each value that is bad, missing or none of these
    static List<NamedProvider> all(String names, Sources sources, List<String> mistakes) {
        List<String> each = Arrays.stream(names.split(",", -1))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        mistakes.addAll(strangers(each, sources));
        return each.stream().map(name -> of(name, sources, mistakes)).toList();
    }

    private static NamedProvider of(String name, Sources sources, List<String> mistakes) {
        Map<ProviderSetting, Value> values = new EnumMap<>(ProviderSetting.class);
        for (ProviderSetting setting : ProviderSetting.values()) {
            try {
                values.put(
                        setting,
                        sources.value(setting.variable(name), setting.kind(), setting.standard(), setting.isSecret()));
            } catch (StartFailure e) {
                mistakes.add(e.sentence());
            }
        }
        NamedProvider provider = new NamedProvider(name, values);
        provider.missing(ProviderSetting.URL, "PARLEY_PROVIDERS names " + name).ifPresent(mistakes::add);
        if (provider.text(ProviderSetting.DIALECT).equals("azure")) {
            provider.missing(ProviderSetting.MODELS, "Azure does not list what is deployed")
                    .ifPresent(mistakes::add);
        }
        return provider;
    }

    /// A setting that is misspelt would otherwise be one that silently does not hold.
    private static List<String> strangers(List<String> names, Sources sources) {
        Set<String> known = Stream.concat(
                        Arrays.stream(Setting.values()).map(Enum::name),
                        names.stream()
                                .flatMap(name ->
                                        Arrays.stream(ProviderSetting.values()).map(setting -> setting.variable(name))))
                .collect(Collectors.toSet());
        return sources.names()
                .filter(written -> !known.contains(written)
                        && names.stream().anyMatch(name -> written.startsWith(ProviderSetting.prefix(name))))
                .distinct()
                .map(written -> written + " is none of a provider's settings, which end in "
                        + Arrays.stream(ProviderSetting.values())
                                .map(Enum::name)
                                .collect(Collectors.joining(", "))
                        + ".")
                .toList();
    }

    /// What is bad is not missing: it has had its sentence.
    private Optional<String> missing(ProviderSetting setting, String because) {
        return values.containsKey(setting) && text(setting).isEmpty()
                ? Optional.of(setting.variable(name) + " must be set, because " + because + ".")
                : Optional.empty();
    }

    private String text(ProviderSetting setting) {
        Value value = values.get(setting);
        return value == null ? "" : value.text();
    }

    List<Entry> entries() {
        return values.entrySet().stream()
                .map(entry -> {
                    ProviderSetting setting = entry.getKey();
                    return new Entry(
                            setting.variable(name),
                            setting.standard(),
                            setting.kind().described(),
                            setting.meaning(),
                            setting.isSecret(),
                            entry.getValue());
                })
                .toList();
    }
}
