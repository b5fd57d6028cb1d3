package dev.parley.settings;

import dev.parley.settings.Kind.Address;
import dev.parley.settings.Kind.Choice;
import dev.parley.settings.Kind.Headers;
import dev.parley.settings.Kind.Items;
import dev.parley.settings.Kind.ServiceKey;
import dev.parley.settings.Kind.WholeNumber;
import dev.parley.settings.Kind.Words;
import java.util.Locale;

/// What can be set of each provider that `PARLEY_PROVIDERS` names: for one named `groq` as `PARLEY_PROVIDER_GROQ_URL`
/// and so on.
enum ProviderSetting {
    URL(Address.of("https", "http"), "", "where it speaks chat completions", false),
    API_KEY(new ServiceKey(), "", "its key; unset: none is sent", true),
    DIALECT(Choice.of("openai", "azure", "ollama"), "openai", "how it is spoken to", false),
    API_VERSION(new Words(), "2024-10-21", "the version of Azure's API", false),
    MODELS(Items.MODELS, "", "the models to offer, the preferred one first; unset: those it lists", false),
    HEADERS(new Headers(), "", "more headers for each request, such as X-Title: Parley; X-Team: blue", true),
    CONTEXT_WINDOW(
            new WholeNumber(256, 100_000_000), "", "how many tokens its models read; unset: what it says", false),
    FIRST_BYTE_SECONDS(
            new WholeNumber(1, 3_600), "", "how long it may be silent before an answer; unset: as for all", false),
    IDLE_SECONDS(new WholeNumber(1, 3_600), "", "how long it may be silent in an answer; unset: as for all", false);

    static final String PREFIX = "PARLEY_PROVIDER_";

    @SuppressWarnings("ImmutableEnumChecker") // all kinds are records of values
    private final Kind kind;

    private final String standard;
    private final String meaning;
    private final boolean secret;

    ProviderSetting(Kind kind, String standard, String meaning, boolean secret) {
        this.kind = kind;
        this.standard = standard;
        this.meaning = meaning;
        this.secret = secret;
    }

    /// The variable that sets it.
    String variable(String provider) {
        return prefix(provider) + name();
    }

    /// How all variables of a provider begin.
    static String prefix(String provider) {
        return PREFIX + provider.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
    }

    /// As the modules' own properties name it.
    String property() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Kind kind() {
        return kind;
    }

    String standard() {
        return standard;
    }

    String meaning() {
        return meaning;
    }

    boolean isSecret() {
        return secret;
    }
}
