package dev.parley.imports;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.util.unit.DataSize;
import org.springframework.web.servlet.HandlerInterceptor;

/// Refuses what says that it is too large before any of it is read. What does not say so is stopped while it comes.
record TooLargeUploads(DataSize largest, DataSize frame) implements HandlerInterceptor {
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getContentLengthLong() > largest.toBytes() + frame.toBytes()) {
            // The body is never read, so the connection cannot serve another request.
            response.setHeader("Connection", "close");
            throw new ParleyException(
                    CommonError.PAYLOAD_TOO_LARGE, "The file is larger than " + largest.toMegabytes() + " MB.");
        }
        return true;
    }
}
