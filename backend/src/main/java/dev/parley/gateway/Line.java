package dev.parley.gateway;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/// The line to the program that asked. It is spoken on now and then, because nothing else shows that the client has
/// gone.
final class Line {
    /// Between two signs of life.
    static final Duration BEAT = Duration.ofSeconds(5);

    private static final byte[] SPACE = {' '};

    private final HttpServletResponse response;
    private final Duration beat;
    private long spoken = System.nanoTime();

    Line(HttpServletResponse response, Duration beat) {
        this.response = response;
        this.beat = beat;
    }

    /// Speaks where nothing was said for a beat, before JSON that is still to come: to who reads that, white space
    /// before it means nothing. From then on the answer has the status 200.
    void keepAliveBeforeJson() throws IOException {
        if (System.nanoTime() - spoken >= beat.toNanos()) {
            open(MediaType.APPLICATION_JSON_VALUE);
            // Compressed, a space would wait for more.
            response.setHeader(HttpHeaders.CONTENT_ENCODING, "identity");
            write(SPACE);
            flush();
        }
    }

    void open(String type) {
        if (!response.isCommitted()) {
            response.setStatus(HttpServletResponse.SC_OK);
            response.setContentType(type + ";charset=UTF-8");
            // nginx, asked not to collect the answer before it passes it on.
            response.setHeader("X-Accel-Buffering", "no");
        }
    }

    /// Whether what fails from here on can have no status of its own.
    boolean hasBegun() {
        return response.isCommitted();
    }

    void write(byte[] bytes) throws IOException {
        response.getOutputStream().write(bytes);
    }

    void flush() throws IOException {
        response.getOutputStream().flush();
        spoken = System.nanoTime();
    }
}
