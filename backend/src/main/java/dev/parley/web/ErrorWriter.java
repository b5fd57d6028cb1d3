package dev.parley.web;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Writes the error envelope where no controller is reached: filters, sign-in, the container.
@Component
public class ErrorWriter {
    private final JsonMapper json;

    ErrorWriter(JsonMapper json) {
        this.json = json;
    }

    public void write(HttpServletRequest request, HttpServletResponse response, ParleyException failure)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        Map<String, ?> details = failure.code() == CommonError.INTERNAL_ERROR
                ? Map.of("request_id", Requests.id(request))
                : failure.details();
        byte[] body = json.writeValueAsBytes(ErrorBody.of(failure.code(), failure.sentence(), details));
        ErrorHeaders.of(failure).forEach(response::setHeader);
        response.setStatus(failure.code().status());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
