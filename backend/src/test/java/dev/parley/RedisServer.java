package dev.parley;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A real Redis in a process of its own on a free port of the loopback, that a test can kill, pause and empty. What
/// begins again at [#restart] is empty.
///
/// ```java
/// try (RedisServer redis = RedisServer.start()) {   // redis.url() as REDIS_URL would have it
///     redis.kill();
///     redis.restart();
///     redis.pause();     // SIGSTOP: connected, and silent
///     redis.resume();
/// }
/// ```
public final class RedisServer implements AutoCloseable {
    private static final int PATIENCE_MS = 30_000;

    private final int port;
    private @Nullable Process process;

    private RedisServer(int port) {
        this.port = port;
    }

    public static RedisServer start() {
        RedisServer server = new RedisServer(freePort());
        server.restart();
        return server;
    }

    public int port() {
        return port;
    }

    public String url() {
        return url(0);
    }

    /// @param database 0 to 15: tests that share a server take one each
    public String url(int database) {
        return "redis://127.0.0.1:" + port + "/" + database;
    }

    /// Begins anew on the same port, with nothing in it. Returns when it answers.
    public void restart() {
        kill();
        try {
            Process begun = new ProcessBuilder(
                            Program.PATH.toString(),
                            "--port",
                            Integer.toString(port),
                            "--bind",
                            "127.0.0.1",
                            "--save",
                            "",
                            "--appendonly",
                            "no")
                    .redirectErrorStream(true)
                    .start();
            process = begun;
            Runtime.getRuntime().addShutdownHook(new Thread(begun::destroyForcibly));
            BufferedReader output = begun.inputReader(UTF_8);
            StringBuilder said = new StringBuilder();
            String line = output.readLine();
            while (line != null && !line.contains("Ready to accept connections")) {
                said.append(line).append('\n');
                line = output.readLine();
            }
            if (line == null) {
                throw new IllegalStateException("Redis did not start:\n" + said);
            }
            // What it says from here on must not fill the pipe.
            Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// SIGKILL. Returns when it is gone.
    public void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
            process = null;
        }
    }

    /// SIGSTOP: its connections stay, and nothing answers.
    public void pause() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    /// Empties all its databases.
    public void flush() {
        ask("FLUSHALL");
    }

    /// The answer to a command without spaces in its arguments, as a line of the protocol, or as all of a text.
    public String ask(String command) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
            socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
            InputStream in = socket.getInputStream();
            String first = line(in);
            if (first.startsWith("$") && !first.equals("$-1")) {
                return new String(in.readNBytes(Integer.parseInt(first.substring(1))), UTF_8);
            }
            return first;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private void signal(String name) {
        if (process == null) {
            throw new IllegalStateException("Redis does not run");
        }
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            if (!kill.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("Redis could not be sent SIG" + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n' && c != -1; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Unpacked once, and shared by all runs on this machine's checkout.
    private static final class Program {
        static final Path PATH = unpacked();

        private static Path unpacked() {
            String name = name();
            Path program = Path.of("target", name).toAbsolutePath();
            try {
                if (!Files.isExecutable(program)) {
                    Files.createDirectories(program.getParent());
                    Path part = Files.createTempFile(program.getParent(), name, ".part");
                    try (InputStream in = RedisServer.class.getResourceAsStream("/" + name);
                            OutputStream out = Files.newOutputStream(part)) {
                        if (in == null) {
                            throw new IllegalStateException("There is no Redis for tests on this platform: " + name);
                        }
                        in.transferTo(out);
                    }
                    if (!part.toFile().setExecutable(true)) {
                        throw new IOException(part + " cannot be made executable");
                    }
                    Files.move(part, program, StandardCopyOption.ATOMIC_MOVE);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return program;
        }

        private static String name() {
            boolean arm = List.of("aarch64", "arm64").contains(System.getProperty("os.arch"));
            if (System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac")) {
                return "redis-server-6.2.6-v5-darwin-" + (arm ? "arm64" : "amd64");
            }
            return arm ? "redis-server-6.2.7-linux-arm64" : "redis-server-6.2.6-v5-linux-amd64";
        }
    }
}
