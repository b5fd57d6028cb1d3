package dev.parley.web;

import dev.parley.shared.ErrorCode;
import java.util.Map;

/// The form of every error.
record ErrorBody(boolean success, Failure error) {
    record Failure(String code, String message, Map<String, ?> details) {}

    static ErrorBody of(ErrorCode code, String sentence, Map<String, ?> details) {
        return new ErrorBody(false, new Failure(code.name(), sentence, details));
    }
}
