package dev.parley.web;

import dev.parley.shared.ParleyException;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/// Failures of filters and of the container, in the same envelope.
@Hidden
@Controller
class ContainerErrorController implements ErrorController {
    private final ErrorWriter errors;

    ContainerErrorController(ErrorWriter errors) {
        this.errors = errors;
    }

    @RequestMapping("/error")
    void error(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof ParleyException known) {
            errors.write(request, response, known);
            return;
        }
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        errors.write(
                request, response, new ParleyException(ErrorAdvice.codeOf(status), ErrorAdvice.sentenceOf(status)));
    }
}
