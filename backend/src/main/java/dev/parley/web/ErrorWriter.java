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
        ParleyException told = failure.code() == CommonError.INTERNAL_ERROR
                ? new ParleyException(failure.code(), failure.sentence(), Map.of("request_id", Requests.id(request)))
                : failure;
        ErrorAnswer answer = ErrorAnswer.of(Requests.address(request), told);
        byte[] body = json.writeValueAsBytes(answer.body());
        answer.headers().forEach(response::setHeader);
        response.setStatus(answer.status());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
