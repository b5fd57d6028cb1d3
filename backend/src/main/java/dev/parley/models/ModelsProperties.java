package dev.parley.models;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/// Whom this instance can ask, and how patiently.
///
/// @param connectTimeout for the connection alone, TLS included
/// @param firstByteTimeout from the question to the first sign of an answer
/// @param idleTimeout how long an answer that has begun may be silent
/// @param retryTimeout how long to wait, in all, for a provider that says it is too busy
/// @param fallbacks the ids of the models that answer when another cannot, in this order
/// @param contextWindows each a model's id, `=` and tokens
/// @param capabilities each a model's id, `=` and words joined by `+`
/// @param defaultModel the id of the model that answers when nobody chose; empty: the first one
/// @param providers further ones, in the order in which their models are listed
/// @param networks where those may be that operators add
@Validated
@ConfigurationProperties("parley.models")
record ModelsProperties(
        @DefaultValue @Valid OpenAi openai,
        @DefaultValue @Valid Ollama ollama,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("60s") Duration firstByteTimeout,
        @DefaultValue("60s") Duration idleTimeout,
        @DefaultValue("10s") Duration retryTimeout,
        @DefaultValue List<String> fallbacks,
        @DefaultValue List<String> contextWindows,
        @DefaultValue List<String> capabilities,
        @DefaultValue("") String defaultModel,
        @DefaultValue List<Named> providers,
        @DefaultValue("local") Reach networks) {
    static final String OPENAI = "https://api.openai.com/v1";
    private static final String WEB_ADDRESS = "|https?://[^\\s@]+";

    Patience patience() {
        return new Patience(connectTimeout, firstByteTimeout, idleTimeout, retryTimeout);
    }

    /// @param baseUrl empty: OpenAI's own, when there is a key
    record OpenAi(
            @DefaultValue("")
            @Pattern(regexp = "[\\x21-\\x7e]*", message = "OPENAI_API_KEY contains a character that no key has.")
            String apiKey,

            @DefaultValue("")
            @Pattern(regexp = WEB_ADDRESS, message = "OPENAI_BASE_URL must be an http or https address.")
            String baseUrl,

            @DefaultValue("gpt-4") String model,

            @DefaultValue("2000") @Positive(message = "OPENAI_MAX_TOKENS must be above 0.")
            int maxTokens,

            @DefaultValue("0.7")
            @DecimalMin(value = "0", message = TEMPERATURE)
            @DecimalMax(value = "2", message = TEMPERATURE)
            double temperature) {
        private static final String TEMPERATURE = "OPENAI_TEMPERATURE must be from 0 to 2.";

        /// OpenAI's own address alone is the default and says nothing.
        boolean configured() {
            return !apiKey.isEmpty() || !(baseUrl.isEmpty() || address().equals(URI.create(OPENAI)));
        }

        URI address() {
            return URI.create(baseUrl.isEmpty() ? OPENAI : baseUrl.replaceFirst("/+$", ""));
        }

        /// The key stays out of logs.
        @Override
        public String toString() {
            return "OpenAi[" + address() + ", " + model + "]";
        }
    }

    enum Form {
        OPENAI,
        AZURE,
        OLLAMA
    }

    /// A provider that the operator named. Seconds are null where those of all hold.
    ///
    /// @param url without the slash at its end
    /// @param models empty: those that it lists
    /// @param headers `Name: value`, separated by semicolons
    /// @param contextWindow null: as it says
    record Named(
            String name,
            URI url,
            @DefaultValue("") String apiKey,
            @DefaultValue("openai") Form dialect,
            @DefaultValue("") String apiVersion,
            @DefaultValue List<String> models,
            @DefaultValue("") String headers,
            @Nullable Integer contextWindow,
            @Nullable Integer firstByteSeconds,
            @Nullable Integer idleSeconds) {
        static Named chat(String name, URI url, String apiKey, List<String> models) {
            return new Named(name, url, apiKey, Form.OPENAI, "", models, "", null, null, null);
        }

        static Named ollama(String name, URI url) {
            return new Named(name, url, "", Form.OLLAMA, "", List.of(), "", null, null, null);
        }

        Patience patience(Patience ofAll) {
            return new Patience(
                    ofAll.connect(),
                    firstByteSeconds == null ? ofAll.firstByte() : Duration.ofSeconds(firstByteSeconds),
                    idleSeconds == null ? ofAll.idle() : Duration.ofSeconds(idleSeconds),
                    ofAll.retries());
        }

        Endpoint endpoint() {
            return dialect == Form.AZURE
                    ? Endpoint.azure(url, apiKey, moreHeaders(), apiVersion)
                    : Endpoint.of(url, apiKey, moreHeaders());
        }

        Map<String, String> moreHeaders() {
            return Arrays.stream(headers.split(";", -1))
                    .filter(header -> !header.isBlank())
                    .collect(Collectors.toMap(
                            header -> header.substring(0, header.indexOf(':')).strip(),
                            header -> header.substring(header.indexOf(':') + 1).strip(),
                            (_, later) -> later));
        }

        /// The key and the headers stay out of logs.
        @Override
        public String toString() {
            return "Named[" + name + ", " + url + "]";
        }
    }

    /// @param baseUrl without a path; empty: do not look for one
    record Ollama(
            @DefaultValue("http://127.0.0.1:11434") @Pattern(regexp = WEB_ADDRESS)
            String baseUrl) {}
}
