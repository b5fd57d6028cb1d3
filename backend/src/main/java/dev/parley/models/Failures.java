package dev.parley.models;

import static dev.parley.models.ModelError.AI_PROVIDER_ERROR;
import static dev.parley.models.ModelError.AI_PROVIDER_TIMEOUT;

import dev.parley.models.Chunk.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/// What a person is told when a provider fails. Nothing of what the provider wrote is in it, not even as a cause: the
/// messages of protocol and JSON errors quote what they could not read.
final class Failures {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,5}");

    private Failures() {}

    static ProviderException refused(int status, Fault fault, @Nullable String retryAfter, String model) {
        return error(sentence(status, fault, retryAfter, model));
    }

    private static String sentence(int status, Fault fault, @Nullable String retryAfter, String model) {
        if (fault.code().equals("context_length_exceeded")) {
            return "This conversation is longer than the model can read.";
        }
        if (fault.code().equals("insufficient_quota")) {
            return "The account at the model's provider has no quota left.";
        }
        return switch (status) {
            case 401 -> "The model's provider did not accept this server's API key.";
            case 402 -> "The account at the model's provider has no credit left.";
            case 403 -> "The model's provider does not let this server use the model " + model + ".";
            case 404 -> "The model's provider does not know the model " + model + ".";
            case 408, 504 -> "The model's provider took too long and gave up.";
            case 413 -> "This conversation is longer than the model's provider takes.";
            case 429 -> "The model's provider has too many requests just now. " + again(retryAfter);
            default -> {
                if (status >= 500) {
                    yield "The model's provider failed (" + status + "). Try again in a moment.";
                }
                if (status >= 400) {
                    yield "The model's provider did not accept the request (" + status + ").";
                }
                yield "The model's provider answered with " + status
                        + " instead of an answer. Its address may be wrong.";
            }
        };
    }

    private static String again(@Nullable String retryAfter) {
        if (retryAfter != null && SECONDS.matcher(retryAfter).matches()) {
            return "Try again in " + retryAfter + " s.";
        }
        return "Try again in a moment.";
    }

    static ProviderException unreachable(IOException cause, Duration connectTimeout) {
        return switch (cause) {
            case ConnectTimeoutException e ->
                new ProviderException(
                        AI_PROVIDER_TIMEOUT,
                        "The model's provider could not be reached in " + seconds(connectTimeout) + ".",
                        null);
            case SSLException e -> error("No secure connection to the model's provider could be made.");
            case ClientProtocolException e -> garbage();
            default -> error("The model's provider could not be reached.");
        };
    }

    static ProviderException silent(Duration longest, boolean begun) {
        String sentence = begun
                ? "The model fell silent for " + seconds(longest) + " before its answer was complete."
                : "The model did not answer in " + seconds(longest) + ".";
        return new ProviderException(AI_PROVIDER_TIMEOUT, sentence, null);
    }

    static ProviderException cut() {
        return error("The connection to the model was lost before its answer was complete.");
    }

    static ProviderException garbage() {
        return error("The model's provider sent something that is not an answer.");
    }

    static ProviderException reported() {
        return error("The model's provider reported an error before its answer was complete.");
    }

    static ProviderException closed() {
        return error("The answer was stopped.");
    }

    private static ProviderException error(String sentence) {
        return new ProviderException(AI_PROVIDER_ERROR, sentence, null);
    }

    private static String seconds(Duration duration) {
        if (duration.toMillis() % 1_000 == 0) {
            return duration.toSeconds() + " s";
        }
        return duration.toMillis() / 1_000.0 + " s";
    }
}
