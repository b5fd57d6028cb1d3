package dev.parley.web;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.web.filter.OncePerRequestFilter;

/// Bounds what a JSON request can make us read, whether it says its length or not.
class BodyLimitFilter extends OncePerRequestFilter {
    private final long largest;
    private final ErrorWriter errors;

    BodyLimitFilter(long largest, ErrorWriter errors) {
        this.largest = largest;
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String type = request.getContentType();
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            chain.doFilter(request, response);
            return;
        }
        if (request.getContentLengthLong() > largest) {
            // The body is never read, so the connection cannot serve another request.
            response.setHeader("Connection", "close");
            errors.write(request, response, tooLarge());
            return;
        }
        chain.doFilter(request.getContentLengthLong() < 0 ? new Bounded(request) : request, response);
    }

    private ParleyException tooLarge() {
        return new ParleyException(
                CommonError.PAYLOAD_TOO_LARGE, "The request is larger than " + largest / (1 << 20) + " MiB.");
    }

    private final class Bounded extends HttpServletRequestWrapper {
        Bounded(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            ServletInputStream whole = super.getInputStream();
            return new ServletInputStream() {
                private long seen;

                @Override
                public int read() throws IOException {
                    int next = whole.read();
                    count(next < 0 ? 0 : 1);
                    return next;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int read = whole.read(bytes, offset, length);
                    count(Math.max(read, 0));
                    return read;
                }

                private void count(int read) {
                    seen += read;
                    if (seen > largest) {
                        throw tooLarge();
                    }
                }

                @Override
                public boolean isFinished() {
                    return whole.isFinished();
                }

                @Override
                public boolean isReady() {
                    return whole.isReady();
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    whole.setReadListener(listener);
                }
            };
        }
    }
}
