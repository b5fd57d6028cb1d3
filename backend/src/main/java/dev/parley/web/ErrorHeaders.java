package dev.parley.web;

import dev.parley.shared.ParleyException;
import java.util.HashMap;
import java.util.Map;

/// The headers that belong to an error, whoever renders it.
final class ErrorHeaders {
    private ErrorHeaders() {}

    static Map<String, String> of(ParleyException failure) {
        Map<String, String> headers = new HashMap<>();
        int status = failure.code().status();
        if (status == 401) {
            headers.put("WWW-Authenticate", "Bearer");
        }
        if (failure.details().get("retry_after") instanceof Number seconds) {
            headers.put("Retry-After", seconds.toString());
        } else if (status == 429 || status == 503) {
            headers.put("Retry-After", "1");
        }
        return headers;
    }
}
