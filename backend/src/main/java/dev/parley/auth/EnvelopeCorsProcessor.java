package dev.parley.auth;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import dev.parley.web.ErrorWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;

/// Spring's rules for other origins, with our form of refusal.
final class EnvelopeCorsProcessor extends DefaultCorsProcessor {
    private final ErrorWriter errors;

    EnvelopeCorsProcessor(ErrorWriter errors) {
        this.errors = errors;
    }

    @Override
    public boolean processRequest(
            @Nullable CorsConfiguration configuration, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            return super.processRequest(configuration, request, response);
        } catch (ParleyException e) {
            errors.write(request, response, e);
            return false;
        }
    }

    @Override
    protected void rejectRequest(ServerHttpResponse response) {
        throw new ParleyException(CommonError.FORBIDDEN, "This origin may not ask that.");
    }
}
