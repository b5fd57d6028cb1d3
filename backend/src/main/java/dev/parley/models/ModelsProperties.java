package dev.parley.models;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.time.Duration;
import java.util.List;
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
@Validated
@ConfigurationProperties("parley.models")
record ModelsProperties(
        @DefaultValue @Valid OpenAi openai,
        @DefaultValue @Valid Ollama ollama,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("60s") Duration firstByteTimeout,
        @DefaultValue("60s") Duration idleTimeout,
        @DefaultValue("10s") Duration retryTimeout,
        @DefaultValue List<String> fallbacks) {
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

        ChatProvider.Defaults defaults() {
            return new ChatProvider.Defaults(temperature, maxTokens);
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

    /// @param baseUrl without a path; empty: do not look for one
    record Ollama(
            @DefaultValue("http://127.0.0.1:11434") @Pattern(regexp = WEB_ADDRESS)
            String baseUrl) {}
}
