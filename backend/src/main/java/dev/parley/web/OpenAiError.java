package dev.parley.web;

import dev.parley.shared.CommonError;
import dev.parley.shared.ErrorCode;
import dev.parley.shared.ParleyException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The form of an error under `/v1`, where OpenAI's clients ask: they know no envelope.
///
/// @see <a href="https://platform.openai.com/docs/guides/error-codes">OpenAI's codes</a>
public record OpenAiError(Failure error) {
    /// @param param the field that is to blame, where one is
    public record Failure(
            String message,
            String type,
            @Nullable String param,
            @Nullable String code) {}

    /// Whether an address is one at which such clients ask.
    static boolean isFormOf(String path) {
        return path.startsWith("/v1/") || path.equals("/v1");
    }

    public static OpenAiError of(ParleyException failure) {
        String param = failure.details().get("param") instanceof String named ? named : null;
        String message = failure.sentence();
        if (failure.details().get("fields") instanceof Map<?, ?> fields && !fields.isEmpty()) {
            Map.Entry<?, ?> first = fields.entrySet().iterator().next();
            param = String.valueOf(first.getKey());
            message = first.getValue() instanceof List<?> sentences && !sentences.isEmpty()
                    ? String.valueOf(sentences.getFirst())
                    : message;
        }
        return new OpenAiError(new Failure(message, type(failure.code()), param, code(failure.code())));
    }

    /// A field that is not valid is a bad request to them.
    static int status(ErrorCode code) {
        return code.status() == 422 ? 400 : code.status();
    }

    private static String type(ErrorCode code) {
        if (code.status() >= 500) {
            return "server_error";
        }
        if (code.status() != 429) {
            return "invalid_request_error";
        }
        return code == CommonError.RATE_LIMITED ? "requests" : "insufficient_quota";
    }

    private static @Nullable String code(ErrorCode code) {
        return switch (code.status()) {
            case 401 -> "invalid_api_key";
            case 403 -> "insufficient_permissions";
            case 404 -> code == CommonError.NOT_FOUND ? "unknown_url" : word(code);
            case 429 -> code == CommonError.RATE_LIMITED ? "rate_limit_exceeded" : "insufficient_quota";
            default -> code == CommonError.MALFORMED_REQUEST ? null : word(code);
        };
    }

    private static String word(ErrorCode code) {
        return code.name().toLowerCase(Locale.ROOT);
    }
}
