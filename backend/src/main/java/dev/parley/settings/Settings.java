package dev.parley.settings;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What this instance is set to: each [Setting] checked once, before anything reads it.
public final class Settings {
    private static final String ENVIRONMENT = "environment";
    private static final String FILE = ".env";
    private static final String STANDARD = "default";
    private static final String PROFILE = "profile";
    /// The launchers, their tools and the Compose file read these themselves.
    private static final Set<String> OF_OTHERS = Set.of(
            "PARLEY_BROWSER", "PARLEY_HOST", "PARLEY_JAVA_OPTIONS", "PARLEY_OSV", "PARLEY_ROOT", "PARLEY_WORKERS");

    /// @param origin where the value comes from, for a person
    public record Value(String text, String origin) {
        public boolean isDefault() {
            return origin.equals(STANDARD);
        }
    }

    /// A variable as `config` lists it.
    ///
    /// @param mayBe its values, in a few words
    public record Entry(String name, String standard, String mayBe, String meaning, boolean isSecret, Value value) {}

    private final Map<Setting, Value> values;
    private final List<NamedProvider> providers;
    private final List<String> strangers;

    private Settings(Map<Setting, Value> values, List<NamedProvider> providers, List<String> strangers) {
        this.values = values;
        this.providers = providers;
        this.strangers = strangers;
    }

    /// Where values can be written, the one that wins first.
    record Sources(Map<String, String> environment, Map<String, String> file) {
        Value value(String name, Kind kind, String standard, boolean secret) {
            for (Map.Entry<String, Map<String, String>> source :
                    List.of(Map.entry(ENVIRONMENT, environment), Map.entry(FILE, file))) {
                String written = source.getValue().getOrDefault(name, "").strip();
                if (!written.isEmpty()) {
                    return new Value(kind.normalised(name, written, source.getKey(), secret), source.getKey());
                }
            }
            return new Value(standard, STANDARD);
        }

        Stream<String> names() {
            return Stream.of(environment, file)
                    .flatMap(source -> source.entrySet().stream())
                    .filter(entry -> !entry.getValue().isBlank())
                    .map(Map.Entry::getKey);
        }
    }

    /// Of this process: its environment, then the `.env` file.
    public static Settings load() {
        Path home = Path.of(System.getProperty("parley.home", ""));
        return of(System.getenv(), EnvironmentFile.read(file(home, System.getProperty("java.class.path", ""))), home);
    }

    /// In the directory of the start, or else beside the program: a service may be started from anywhere.
    ///
    /// @param classPath of `java -jar`: the jar alone
    static Path file(Path home, String classPath) {
        Path here = home.resolve(FILE);
        boolean isJar = classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator);
        if (Files.exists(here) || !isJar) {
            return here;
        }
        Path beside = Path.of(classPath).resolveSibling(FILE);
        // What this account may not read was read for it: by systemd, say, which knows such files too.
        return Files.isReadable(beside) ? beside : here;
    }

    /// @param home what a relative path is relative to
    /// @throws StartFailure with a sentence that names the variable, a line each, where values are bad
    static Settings of(Map<String, String> environment, Map<String, String> file, Path home) {
        Sources sources = new Sources(environment, file);
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        List<String> mistakes = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            try {
                values.put(
                        setting, sources.value(setting.name(), setting.kind(), setting.standard(), setting.isSecret()));
            } catch (StartFailure e) {
                mistakes.add(e.sentence());
            }
        }
        values.replaceAll((setting, value) ->
                setting.kind() instanceof Kind.Directory && !value.text().isEmpty()
                        ? new Value(home.resolve(value.text()).normalize().toString(), value.origin())
                        : value);
        standInForRedis(values, mistakes);
        Value profile = values.get(Setting.PARLEY_PROFILE);
        if (profile != null) {
            Profile.of(profile.text())
                    .defaults()
                    .forEach((setting, text) -> values.computeIfPresent(
                            setting, (_, value) -> value.isDefault() ? new Value(text, PROFILE) : value));
        }
        mistakes.addAll(Agreement.mistakes(values));
        List<NamedProvider> providers = NamedProvider.all(text(values, Setting.PARLEY_PROVIDERS), sources, mistakes);
        if (!mistakes.isEmpty()) {
            throw new StartFailure(String.join("\n", mistakes));
        }
        return new Settings(values, providers, strangers(sources));
    }

    private static void standInForRedis(Map<Setting, Value> values, List<String> mistakes) {
        Setting redis = Setting.REDIS_URL;
        for (Setting celery : List.of(Setting.CELERY_BROKER_URL, Setting.CELERY_RESULT_BACKEND)) {
            String url = text(values, celery);
            if (values.containsKey(redis) && text(values, redis).isEmpty() && url.matches("rediss?://.+")) {
                try {
                    String address = redis.kind().normalised(redis.name(), url, celery.name(), true);
                    values.put(redis, new Value(address, celery.name()));
                } catch (StartFailure e) {
                    mistakes.add(e.sentence());
                }
            }
        }
    }

    private static List<String> strangers(Sources sources) {
        return sources.names()
                .filter(name -> name.startsWith("PARLEY_") && !name.startsWith(ProviderSetting.PREFIX))
                .filter(name -> Arrays.stream(Setting.values()).map(Enum::name).noneMatch(name::equals))
                .filter(name -> !OF_OTHERS.contains(name))
                .distinct()
                .toList();
    }

    private static String text(Map<Setting, Value> values, Setting setting) {
        Value value = values.get(setting);
        return value == null ? "" : value.text();
    }

    /// What was written as if it were a setting, and is none.
    public List<String> strangers() {
        return strangers;
    }

    public Map<Setting, Value> values() {
        return values;
    }

    /// Everything that can be set, and what of it is.
    public List<Entry> entries() {
        Stream<Entry> ours = values.entrySet().stream()
                .map(entry -> new Entry(
                        entry.getKey().name(),
                        entry.getKey().standard(),
                        entry.getKey().kind().described(),
                        entry.getKey().meaning(),
                        entry.getKey().isSecret(),
                        entry.getValue()));
        return Stream.concat(ours, providers.stream().flatMap(provider -> provider.entries().stream()))
                .toList();
    }

    /// Empty when it is neither set nor has a default.
    public String text(Setting setting) {
        return text(values, setting);
    }

    /// For placeholders: what is unset and has no default is absent, so that `${NAME:}` decides.
    Map<String, Object> properties() {
        Map<String, Object> properties = new LinkedHashMap<>();
        values.forEach((setting, value) -> {
            if (!value.text().isEmpty()) {
                properties.put(setting.name(), value.text());
            }
        });
        for (int i = 0; i < providers.size(); i++) {
            String prefix = "parley.models.providers[" + i + "].";
            properties.put(prefix + "name", providers.get(i).name());
            providers.get(i).values().forEach((setting, value) -> {
                if (!value.text().isEmpty()) {
                    properties.put(prefix + setting.property(), value.text());
                }
            });
        }
        properties.put("spring.profiles.active", text(Setting.PARLEY_PROFILE));
        // Spring has a meaning of its own for a property of this name.
        if ("true".equals(properties.remove(Setting.DEBUG.name()))) {
            properties.put("logging.level.dev.parley", "debug");
        }
        if ("json".equals(properties.get(Setting.PARLEY_LOG_FORMAT.name()))) {
            properties.put("logging.structured.format.console", "ecs");
        }
        return properties;
    }
}
