package dev.parley.web;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.springframework.web.servlet.HandlerInterceptor;

/// Refuses what is asked for with text that the database cannot hold, and so could not look for; and a `limit` that
/// says nothing, which would pass for none.
class StorableParameters implements HandlerInterceptor {
    private static final Set<String> READS = Set.of("GET", "HEAD");

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // Elsewhere parameters may be a form, which nothing here reads.
        if (READS.contains(request.getMethod())) {
            for (Map.Entry<String, String[]> parameter :
                    request.getParameterMap().entrySet()) {
                if (!Arrays.stream(parameter.getValue()).allMatch(Text::isStorable)) {
                    throw new ParleyException(
                            CommonError.MALFORMED_REQUEST, "A parameter has characters that no text can have.");
                }
            }
            if ("".equals(request.getParameter("limit"))) {
                throw new ParleyException(CommonError.MALFORMED_REQUEST, "limit is a whole number from 1 to 100.");
            }
        }
        return true;
    }
}
