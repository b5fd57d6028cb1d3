package dev.parley.models;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/// One request and the response to it. One thread sends and reads; any thread may end it, which breaks the connection
/// under the reader.
final class Exchange implements AutoCloseable {
    private static final long NOT_WAITING = 0;

    private final CloseableHttpClient client;
    private final HttpUriRequestBase request;
    private final SilenceWatch watch;
    private @Nullable ClassicHttpResponse response;
    private volatile long waitingSince = NOT_WAITING;
    private volatile long patience;
    private volatile boolean silent;

    Exchange(CloseableHttpClient client, HttpUriRequestBase request, SilenceWatch watch, Duration patience) {
        this.client = client;
        this.request = request;
        this.watch = watch;
        this.patience = patience.toNanos();
        watch.add(this);
    }

    /// Sends the request and waits for the head of the response.
    ///
    /// @return the status
    int send() throws IOException {
        waits();
        try {
            ClassicHttpResponse head = client.executeOpen(null, request, null);
            response = head;
            return head.getCode();
        } finally {
            waitsNoMore();
        }
    }

    InputStream body() throws IOException {
        HttpEntity entity = head().getEntity();
        return entity == null ? InputStream.nullInputStream() : new Watched(entity.getContent());
    }

    @Nullable
    String header(String name) {
        var header = head().getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    /// How long each wait from now on may last.
    void patience(Duration longest) {
        patience = longest.toNanos();
    }

    /// Whether it was ended because nothing came.
    boolean silent() {
        return silent;
    }

    void endIfSilent(long now) {
        long since = waitingSince;
        if (since != NOT_WAITING && now - since > patience) {
            silent = true;
            end();
        }
    }

    /// Breaks the connection, whatever its reader is doing.
    void end() {
        watch.remove(this);
        request.cancel();
    }

    /// Of a response that was read to its end the connection is kept for the next request, any other is broken.
    @Override
    public void close() {
        end();
    }

    private ClassicHttpResponse head() {
        if (response == null) {
            throw new IllegalStateException("Nothing was sent yet");
        }
        return response;
    }

    private void waits() {
        long now = System.nanoTime();
        waitingSince = now == NOT_WAITING ? now + 1 : now;
    }

    private void waitsNoMore() {
        waitingSince = NOT_WAITING;
    }

    private final class Watched extends FilterInputStream {
        Watched(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            waits();
            try {
                return in.read();
            } finally {
                waitsNoMore();
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            waits();
            try {
                return in.read(into, offset, length);
            } finally {
                waitsNoMore();
            }
        }
    }
}
