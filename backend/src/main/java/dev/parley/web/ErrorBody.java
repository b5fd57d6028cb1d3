package dev.parley.web;

import dev.parley.shared.CommonError;
import dev.parley.shared.ErrorCode;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.MDC;

/// The form of every error.
record ErrorBody(boolean success, Failure error) {
    record Failure(String code, String message, Map<String, ?> details) {}

    static ErrorBody of(ErrorCode code, String sentence, Map<String, ?> details) {
        String request = MDC.get(RequestIdFilter.NAME);
        if (code != CommonError.INTERNAL_ERROR || request == null) {
            return new ErrorBody(false, new Failure(code.name(), sentence, details));
        }
        // What was not foreseen is found again by its request.
        Map<String, Object> found = new HashMap<>(details);
        found.put("request_id", request);
        return new ErrorBody(false, new Failure(code.name(), sentence, found));
    }
}
