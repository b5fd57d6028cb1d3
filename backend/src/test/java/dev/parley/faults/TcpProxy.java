package dev.parley.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// A line to a server that can be cut, made to swallow all that is sent, and slowed.
final class TcpProxy implements AutoCloseable {
    private final int target;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile State state = State.WHOLE;
    private volatile Duration delay = Duration.ZERO;

    private enum State {
        WHOLE,
        CUT,
        SILENT
    }

    private TcpProxy(int target, ServerSocket door) {
        this.target = target;
        this.door = door;
    }

    static TcpProxy to(int port) {
        try {
            TcpProxy proxy = new TcpProxy(port, new ServerSocket(0, 200, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().name("proxy").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return door.getLocalPort();
    }

    /// Breaks what is open, and everything new at once.
    void cut() {
        state = State.CUT;
        breakAll();
    }

    /// Takes what is sent and passes nothing on: nobody is told that the other side is away.
    void silence() {
        state = State.SILENT;
    }

    /// Whole again. A connection that something was lost from stays broken.
    void mend() {
        if (state == State.SILENT) {
            breakAll();
        }
        delay = Duration.ZERO;
        state = State.WHOLE;
    }

    /// Each stretch of bytes takes this much longer, either way.
    void slow(Duration by) {
        delay = by;
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        breakAll();
    }

    private void breakAll() {
        open.forEach(TcpProxy::abort);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                open.add(client);
                if (state == State.CUT) {
                    abort(client);
                    open.remove(client);
                } else {
                    Thread.ofVirtual().start(() -> connect(client));
                }
            } catch (IOException e) {
                // Closed: the loop's condition says so.
            }
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(server);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().start(() -> pass(server, client));
            pass(client, server);
            back.join();
            open.remove(server);
        } catch (IOException e) {
            // Nobody is there: the client is told by the end of its connection.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                if (!delay.isZero()) {
                    LockSupport.parkNanos(delay.toNanos());
                }
                if (state == State.WHOLE) {
                    out.write(bytes, 0, count);
                }
            }
        } catch (IOException e) {
            // One side is gone; so is the other.
        } finally {
            close(from);
            close(to);
        }
    }

    /// So that the other end is told at once, and nothing more arrives.
    private static void abort(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            return; // closed meanwhile
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
