package dev.parley.live;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection as Jetty has it, who calls only what is public. Frames come one after the other, each on a virtual
/// thread that may wait.
public final class JettyLine implements Line, Session.Listener.AutoDemanding {
    private static final Logger log = LoggerFactory.getLogger(JettyLine.class);
    private static final long GLANCE_MS = 250;

    private final Function<Line, Connection> entrance;
    private final LiveProperties properties;
    private @Nullable Session session;
    private @Nullable Connection connection;

    JettyLine(Function<Line, Connection> entrance, LiveProperties properties) {
        this.entrance = entrance;
        this.properties = properties;
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        session = opened;
        long largest = properties.largestFrame().toBytes();
        opened.setMaxFrameSize(largest);
        opened.setMaxTextMessageSize(largest);
        opened.setMaxBinaryMessageSize(largest);
        // Silence is ours to judge: by pings, and by how long a write waits.
        opened.setIdleTimeout(Duration.ZERO);
        connection = entrance.apply(this);
    }

    @Override
    public void onWebSocketText(String frame) {
        connection().receive(frame);
    }

    @Override
    public void onWebSocketBinary(ByteBuffer frame, Callback callback) {
        callback.succeed();
        connection().close(Closing.NO_BINARY);
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        connection().hasAnswered();
    }

    @Override
    public void onWebSocketError(Throwable failure) {
        log.debug("A connection broke: {}", failure.toString());
    }

    @Override
    public void onWebSocketClose(int code, String reason, Callback callback) {
        callback.succeed();
        if (connection != null) {
            connection.hasGone();
        }
    }

    @Override
    public void send(String frame, BooleanSupplier hopeless) throws IOException {
        Callback.Completable written = new Callback.Completable();
        session().sendText(frame, written);
        // The network takes nearly every frame at once, and then there is nothing to wait for and no timer.
        long end = 0;
        while (true) {
            try {
                written.get(GLANCE_MS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                long now = System.nanoTime();
                end = end == 0 ? now + properties.writeWithin().toNanos() : end;
                if (now - end > 0 || hopeless.getAsBoolean()) {
                    throw new TooSlow();
                }
            } catch (ExecutionException e) {
                throw new IOException("The connection is gone.", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
    }

    @Override
    public void ping() {
        session().sendPing(ByteBuffer.allocate(0), Callback.NOOP);
    }

    @Override
    public void close(Closing why) {
        session().close(why.code(), why.reason(), Callback.NOOP);
    }

    @Override
    public void cut() {
        session().disconnect();
    }

    private Session session() {
        if (session == null) {
            throw new IllegalStateException("The connection is not open yet.");
        }
        return session;
    }

    private Connection connection() {
        if (connection == null) {
            throw new IllegalStateException("The connection is not open yet.");
        }
        return connection;
    }
}
