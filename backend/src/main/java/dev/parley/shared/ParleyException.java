package dev.parley.shared;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A failure that only the user reads: a code for programs, a sentence for people. Rendered by `web` in the envelope.
///
/// Where the caller branches on what happened, a sealed result is the better answer.
public class ParleyException extends RuntimeException {
    private final ErrorCode code;
    private final transient Map<String, ?> details;

    public ParleyException(ErrorCode code, String sentence) {
        this(code, sentence, Map.of(), null);
    }

    public ParleyException(ErrorCode code, String sentence, Map<String, ?> details) {
        this(code, sentence, details, null);
    }

    public ParleyException(ErrorCode code, String sentence, Map<String, ?> details, @Nullable Throwable cause) {
        super(sentence, cause);
        this.code = code;
        this.details = Map.copyOf(details);
    }

    /// What is not there, or is somebody else's: the two are told apart nowhere.
    public static ParleyException notFound(String what) {
        return new ParleyException(CommonError.NOT_FOUND, "There is no such " + what + ".");
    }

    /// One field of the request is not acceptable.
    public static ParleyException invalid(String field, String sentence) {
        return new ParleyException(
                CommonError.VALIDATION_ERROR,
                "Some fields are not valid.",
                Map.of("fields", Map.of(field, List.of(sentence))));
    }

    public ErrorCode code() {
        return code;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    public Map<String, ?> details() {
        return details;
    }
}
