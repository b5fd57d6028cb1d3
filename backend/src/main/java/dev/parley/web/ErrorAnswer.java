package dev.parley.web;

import dev.parley.shared.ParleyException;
import java.util.Map;

/// A failure as it leaves the server, in the form that the address has.
record ErrorAnswer(int status, Map<String, String> headers, Object body) {
    /// @param path that was asked for
    static ErrorAnswer of(String path, ParleyException failure) {
        Map<String, String> headers = ErrorHeaders.of(failure);
        return OpenAiError.isFormOf(path)
                ? new ErrorAnswer(OpenAiError.status(failure.code()), headers, OpenAiError.of(failure))
                : new ErrorAnswer(
                        failure.code().status(),
                        headers,
                        ErrorBody.of(failure.code(), failure.sentence(), failure.details()));
    }
}
