package dev.parley.settings;

import dev.parley.settings.Settings.Entry;
import dev.parley.settings.Settings.Sources;
import dev.parley.settings.Settings.Value;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A provider of models that the operator named, as it is set.
record NamedProvider(String name, Map<ProviderSetting, Value> values) {
    /// @param names separated by commas
    /// @throws StartFailure with one sentence that names the variable when a value is bad, missing or none of these
    static List<NamedProvider> all(String names, Sources sources) {
        List<String> each = Arrays.stream(names.split(",", -1))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        refuseUnknown(each, sources);
        return each.stream().map(name -> of(name, sources)).toList();
    }

    private static NamedProvider of(String name, Sources sources) {
        Map<ProviderSetting, Value> values = new EnumMap<>(ProviderSetting.class);
        for (ProviderSetting setting : ProviderSetting.values()) {
            values.put(
                    setting,
                    sources.value(setting.variable(name), setting.kind(), setting.standard(), setting.isSecret()));
        }
        NamedProvider provider = new NamedProvider(name, values);
        provider.require(ProviderSetting.URL, "PARLEY_PROVIDERS names " + name);
        if (provider.text(ProviderSetting.DIALECT).equals("azure")) {
            provider.require(ProviderSetting.MODELS, "Azure does not list what is deployed");
        }
        return provider;
    }

    /// A setting that is misspelt would otherwise be one that silently does not hold.
    private static void refuseUnknown(List<String> names, Sources sources) {
        Set<String> known = Stream.concat(
                        Arrays.stream(Setting.values()).map(Enum::name),
                        names.stream()
                                .flatMap(name ->
                                        Arrays.stream(ProviderSetting.values()).map(setting -> setting.variable(name))))
                .collect(Collectors.toSet());
        sources.names()
                .filter(written -> !known.contains(written)
                        && names.stream().anyMatch(name -> written.startsWith(ProviderSetting.prefix(name))))
                .findFirst()
                .ifPresent(written -> {
                    throw new StartFailure(written + " is none of a provider's settings, which end in "
                            + Arrays.stream(ProviderSetting.values())
                                    .map(Enum::name)
                                    .collect(Collectors.joining(", "))
                            + ".");
                });
    }

    private void require(ProviderSetting setting, String because) {
        if (text(setting).isEmpty()) {
            throw new StartFailure(setting.variable(name) + " must be set, because " + because + ".");
        }
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
                            setting.meaning(),
                            setting.isSecret(),
                            entry.getValue());
                })
                .toList();
    }
}
