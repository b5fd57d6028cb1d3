package dev.parley.models;

import dev.parley.models.ModelsProperties.Form;
import dev.parley.models.ModelsProperties.Named;
import dev.parley.models.ModelsProperties.OpenAi;
import dev.parley.shared.Checkup;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Whether each provider accepts us, and has the models that are to be asked. None is asked for an answer, which would
/// cost money.
class ProvidersCheckup implements Checkup {
    private final ModelsProperties settings;
    private final ProviderHttp.Lazy http;

    ProvidersCheckup(ModelsProperties settings) {
        this.settings = settings;
        this.http = new ProviderHttp.Lazy(settings.connectTimeout());
    }

    @Override
    public List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        OpenAi openai = settings.openai();
        if (openai.configured()) {
            Endpoint endpoint = Endpoint.of(openai.address(), openai.apiKey(), Map.of());
            findings.add(
                    look("openai", endpoint, "OPENAI_API_KEY and OPENAI_BASE_URL", List.of(openai.model()), false));
        }
        for (Named named : settings.providers()) {
            String prefix =
                    "PARLEY_PROVIDER_" + named.name().toUpperCase(Locale.ROOT).replace('-', '_');
            findings.add(look(
                    named.name(),
                    named.dialect() == Form.OLLAMA
                            ? Endpoint.of(
                                    URI.create(named.url().toString().replaceFirst("/v1$", "")),
                                    named.apiKey(),
                                    named.moreHeaders())
                            : named.endpoint(),
                    prefix + "_API_KEY and " + prefix + "_URL",
                    named.models(),
                    named.dialect() == Form.OLLAMA));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.off(
                    "models",
                    "No provider is set. The built-in model answers, and that of an Ollama on this machine; "
                            + "set OPENAI_API_KEY, OPENAI_BASE_URL or PARLEY_PROVIDERS for another."));
        }
        return findings;
    }

    /// @param variables that decide about it
    /// @param wanted the models that the settings name
    private Finding look(String name, Endpoint endpoint, String variables, List<String> wanted, boolean ollama) {
        ChatCompletions server = ChatCompletions.at(http, endpoint, settings.patience(), Clock.systemUTC());
        try {
            List<String> listed = (ollama
                            ? new OllamaModels(server).list()
                            : ListedModels.of(server.get(list(endpoint))))
                    .stream().map(Listed::name).toList();
            List<String> missing =
                    wanted.stream().filter(model -> !listed.contains(model)).toList();
            String answers = endpoint + " accepts us and lists " + listed.size() + " models";
            return missing.isEmpty()
                    ? Finding.ok(name, answers + ".")
                    : Finding.doubtful(
                            name,
                            answers + ", but not " + String.join(", ", missing)
                                    + ", which the settings name: check the name, or whether this account may use it.");
        } catch (ProviderException e) {
            if (e.isNotFound()) {
                return Finding.doubtful(name, endpoint + " answers, but lists no models; check " + variables + ".");
            }
            return Finding.broken(name, endpoint + ": " + e.sentence() + " Check " + variables + ".");
        }
    }

    private static String list(Endpoint endpoint) {
        return endpoint.azureVersion() == null
                ? "/models"
                : "/openai/models?api-version=" + URLEncoder.encode(endpoint.azureVersion(), StandardCharsets.UTF_8);
    }
}
