package dev.parley.models;

import dev.parley.models.ModelsProperties.Form;
import dev.parley.shared.FieldErrors;
import dev.parley.shared.Letters;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/// What an operator says of a provider, as strictly checked as the environment is.
///
/// @param dialect `openai` or `ollama`
/// @param apiKey null: as before; empty: none
/// @param models null or empty: those that it lists
/// @param contextWindow of all its models, in tokens; null: as it says
record WantedProvider(
        @Nullable String dialect,
        @Nullable String url,
        @Nullable String apiKey,
        @Nullable List<@Nullable String> models,
        @Nullable Integer contextWindow) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]*");
    private static final Pattern MODEL = Pattern.compile("\\S{1,200}");
    private static final List<String> TAKEN = List.of(Assembly.OPENAI, BuiltinProvider.NAME);
    private static final int LONGEST_URL = 500;
    private static final int LONGEST_KEY = 4_000;
    private static final int MOST_MODELS = 200;
    private static final int LEAST_WINDOW = 256;
    private static final int LARGEST_WINDOW = 100_000_000;

    static void checkName(@Nullable String name, FieldErrors errors) {
        if (name == null || !NAME.matcher(name).matches() || TAKEN.contains(name)) {
            errors.add("name", "A name has lower-case letters, digits and -, and is neither openai nor builtin.");
        }
    }

    static void checkWindow(@Nullable Integer tokens, FieldErrors errors) {
        if (tokens != null && (tokens < LEAST_WINDOW || tokens > LARGEST_WINDOW)) {
            errors.add("context_window", "Enter a number from 256 to 100,000,000.");
        }
    }

    void check(FieldErrors errors) {
        if (!"openai".equals(dialect) && !"ollama".equals(dialect)) {
            errors.add("dialect", "Choose openai or ollama.");
        }
        checkUrl(errors);
        if (apiKey != null
                && (apiKey.length() > LONGEST_KEY || !KEY.matcher(apiKey).matches())) {
            errors.add("api_key", "This contains a character that no key has, or is too long.");
        }
        if (offered().size() > MOST_MODELS
                || offered().stream().anyMatch(model -> !MODEL.matcher(model).matches())) {
            errors.add("models", "Enter names of models without blanks, at most 200.");
        }
        checkWindow(contextWindow, errors);
    }

    private void checkUrl(FieldErrors errors) {
        if (url == null || url.length() > LONGEST_URL || !isAddress(url.strip())) {
            errors.add("url", "Enter an http or https address without a user name, ? and #.");
        }
    }

    private static boolean isAddress(String written) {
        try {
            URI uri = new URI(written);
            return uri.getScheme() != null
                    && List.of("http", "https").contains(Letters.lower(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getPort() != 0
                    && uri.getPort() < 65_536
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    Form form() {
        return "ollama".equals(dialect) ? Form.OLLAMA : Form.OPENAI;
    }

    String address() {
        return StringUtils.trimTrailingCharacter(String.valueOf(url).strip(), '/');
    }

    List<String> offered() {
        return models == null
                ? List.of()
                : models.stream().map(String::valueOf).distinct().toList();
    }

    /// Whether a key that was given for one address would go to another place at the other one.
    static boolean isElsewhere(String before, String now) {
        URI one = URI.create(before);
        URI other = URI.create(now);
        return !String.valueOf(one.getScheme()).equalsIgnoreCase(other.getScheme())
                || !String.valueOf(one.getAuthority()).equalsIgnoreCase(other.getAuthority());
    }

    /// The key stays out of logs.
    @Override
    public String toString() {
        return "WantedProvider[" + url + "]";
    }
}
