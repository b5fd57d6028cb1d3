package dev.parley.models;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Socket;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/// A connection whose body also counts as available what its buffer holds beyond the present HTTP chunk.
///
/// Providers send each event as a chunk of its own. The library's stream ends what it calls available with the chunk,
/// so that of twenty events in one packet only one would seem to be there. And unlike the library's own connection it
/// logs no headers at any level: one of them is the key.
final class BufferTellingConnection extends DefaultBHttpClientConnection implements ManagedHttpClientConnection {
    private volatile boolean shut;

    private BufferTellingConnection(Http1Config config) {
        super(config);
    }

    static HttpConnectionFactory<ManagedHttpClientConnection> factory(Http1Config config) {
        return socket -> {
            BufferTellingConnection connection = new BufferTellingConnection(config);
            if (socket != null) {
                connection.bind(socket);
            }
            return connection;
        };
    }

    @Override
    protected InputStream createContentInputStream(long length, SessionInputBuffer buffer, InputStream socket) {
        return new Body(super.createContentInputStream(length, buffer, socket), buffer);
    }

    /// A connection that was given up while it was being made must not come to life.
    @Override
    protected void bind(SocketHolder holder) throws IOException {
        if (shut) {
            holder.getSocket().close();
            throw new InterruptedIOException("The connection was given up");
        }
        super.bind(holder);
    }

    @Override
    public @Nullable Socket getSocket() {
        SocketHolder holder = getSocketHolder();
        return holder == null ? null : holder.getSocket();
    }

    @Override
    public void close() throws IOException {
        shut = true;
        super.close();
    }

    @Override
    public void close(CloseMode mode) {
        shut = true;
        super.close(mode);
    }

    /// Nothing to undo for the pool: sockets here have no timeout that one request could leave to the next.
    @Override
    public void passivate() {}

    @Override
    public void activate() {}

    private static final class Body extends FilterInputStream {
        private final SessionInputBuffer buffer;

        Body(InputStream body, SessionInputBuffer buffer) {
            super(body);
            this.buffer = buffer;
        }

        @Override
        public int available() {
            return buffer.length();
        }
    }
}
