package dev.parley.models;

import static dev.parley.models.ModelError.AI_NOT_CONFIGURED;
import static dev.parley.models.ModelError.AI_PROVIDER_ERROR;
import static dev.parley.models.ModelError.AI_PROVIDER_TIMEOUT;
import static dev.parley.models.ProviderException.Scope.MODEL;
import static dev.parley.models.ProviderException.Scope.PROVIDER;
import static dev.parley.models.ProviderException.Scope.QUESTION;

import dev.parley.models.Chunk.Fault;
import dev.parley.models.ProviderException.Scope;
import java.io.IOException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/// What a person is told when a provider fails, and what the failure is about. Nothing of what the provider wrote is
/// in it.
final class Failures {
    private static final String TOO_LONG = "context_length_exceeded";
    private static final String SOON = "Try again in a moment.";

    private Failures() {}

    /// @param retryAfter when the provider wants to be asked again, where it says so
    static ProviderException refused(int status, Fault fault, @Nullable Duration retryAfter, String model) {
        ProviderException told = told(status, fault, retryAfter, model);
        boolean later = status == 408 || status == 429;
        return status >= 400 && status < 500 && !later ? told.asRefusal(status) : told;
    }

    private static ProviderException told(int status, Fault fault, @Nullable Duration retryAfter, String model) {
        if (fault.code().equals(TOO_LONG)) {
            return tooLong();
        }
        if (isForGood(fault)) {
            return error("The account at the model's provider has no quota left.", PROVIDER);
        }
        Duration pause = retryAfter == null ? Duration.ZERO : retryAfter;
        return switch (status) {
            case 401 -> error("The model's provider did not accept this server's API key.", PROVIDER);
            case 402 -> error("The account at the model's provider has no credit left.", PROVIDER);
            case 403 -> error("The model's provider does not let this server use the model " + model + ".", MODEL);
            case 404 -> error("The model's provider does not know the model " + model + ".", MODEL);
            case 408, 504 -> error("The model's provider took too long and gave up.", MODEL);
            case 413 -> error("This conversation is longer than the model's provider takes.", QUESTION);
            case 429 -> error("The model's provider has too many requests just now.", again(retryAfter), MODEL, pause);
            case 400, 422 -> error("The model's provider did not accept the request (" + status + ").", QUESTION);
            default -> {
                if (status >= 500) {
                    yield error("The model's provider failed (" + status + ").", SOON, MODEL, pause);
                }
                if (status >= 400) {
                    yield error("The model's provider did not accept the request (" + status + ").", PROVIDER);
                }
                yield error(
                        "The model's provider answered with " + status + " instead of an answer.",
                        "Its address may be wrong.",
                        PROVIDER,
                        Duration.ZERO);
            }
        };
    }

    /// Whether waiting does not help.
    static boolean isForGood(Fault fault) {
        return fault.code().equals("insufficient_quota");
    }

    private static String again(@Nullable Duration retryAfter) {
        return retryAfter == null || retryAfter.isZero()
                ? SOON
                : "Try again in " + retryAfter.plusMillis(999).toSeconds() + " s.";
    }

    static ProviderException unreachable(IOException cause, Duration connectTimeout) {
        return switch (cause) {
            case Reach.Refused e ->
                error("The address of the model's provider is none that this server may go to.", PROVIDER);
            case ConnectTimeoutException e ->
                new ProviderException(
                        AI_PROVIDER_TIMEOUT,
                        "The model's provider could not be reached in " + seconds(connectTimeout) + ".",
                        PROVIDER);
            case SSLException e -> error("No secure connection to the model's provider could be made.", PROVIDER);
            case ClientProtocolException e -> garbage();
            default -> error("The model's provider could not be reached.", PROVIDER);
        };
    }

    static ProviderException silent(Duration longest, boolean begun) {
        String sentence = begun
                ? "The model fell silent for " + seconds(longest) + " before its answer was complete."
                : "The model did not answer in " + seconds(longest) + ".";
        return new ProviderException(AI_PROVIDER_TIMEOUT, sentence, MODEL);
    }

    static ProviderException cut() {
        return error("The connection to the model was lost before its answer was complete.", MODEL);
    }

    static ProviderException garbage() {
        return error("The model's provider sent something that is not an answer.", MODEL);
    }

    static ProviderException reported(Fault fault) {
        return fault.code().equals(TOO_LONG)
                ? tooLong()
                : error("The model's provider reported an error before its answer was complete.", MODEL);
    }

    private static ProviderException tooLong() {
        String advice = "Shorten the message, or choose a model that reads more.";
        return error("This conversation is longer than the model can read.", advice, QUESTION, Duration.ZERO);
    }

    static ProviderException closed() {
        return error("The answer was stopped.", QUESTION);
    }

    static ProviderException notOffered(String model) {
        return new ProviderException(AI_NOT_CONFIGURED, "The model " + model + " is not offered here any more.", MODEL);
    }

    private static ProviderException error(String reason, Scope scope) {
        return new ProviderException(AI_PROVIDER_ERROR, reason, scope);
    }

    private static ProviderException error(String reason, String advice, Scope scope, Duration pause) {
        return new ProviderException(AI_PROVIDER_ERROR, reason, advice, scope, pause);
    }

    private static String seconds(Duration duration) {
        if (duration.toMillis() % 1_000 == 0) {
            return duration.toSeconds() + " s";
        }
        return duration.toMillis() / 1_000.0 + " s";
    }
}
