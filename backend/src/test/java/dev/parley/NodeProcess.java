package dev.parley;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A whole server in a process of its own, that can be killed, paused and told to stop.
public final class NodeProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(50);
    /// What the servers say stays here, for whoever wonders why a test failed.
    private static final Path LOGS = Path.of(System.getProperty("parley.home", "target"), "node-logs");

    /// It lives for seconds: what takes long to compile never pays.
    private static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx192m");

    private final Process process;
    private final int port;

    private NodeProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Returns at once; see [#awaitHealth].
    ///
    /// @param settings as in the environment; nothing else of ours reaches it
    public static NodeProcess launch(Path data, Map<String, String> settings) {
        try {
            int port = freePort();
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString());
            builder.command().addAll(OPTIONS);
            builder.command().addAll(List.of("-cp", System.getProperty("java.class.path"), Parley.class.getName()));
            builder.environment().putAll(settings);
            builder.environment()
                    .putAll(Map.of(
                            "PORT", Integer.toString(port),
                            "PARLEY_DATA_DIR", data.toString(),
                            "PARLEY_TRUSTED_PROXIES", "127.0.0.1"));
            Files.createDirectories(LOGS);
            builder.redirectErrorStream(true)
                    .redirectOutput(
                            Redirect.appendTo(log(data.getFileName().toString()).toFile()));
            return new NodeProcess(builder.start(), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the nodes whose data directory is called so have said.
    public static Path log(String node) {
        return LOGS.resolve(node + ".log");
    }

    public static NodeProcess start(Path data, Map<String, String> settings) {
        NodeProcess node = launch(data, settings);
        node.awaitHealth();
        return node;
    }

    public int port() {
        return port;
    }

    public void awaitHealth() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            assertThat(process.isAlive()).as("the server runs").isTrue();
            try {
                if (new Api(port).get("/health/").status() == 200) {
                    return;
                }
            } catch (UncheckedIOException e) {
                // It does not listen yet.
            }
            assertThat(System.nanoTime()).as("the server answers").isLessThan(end);
            LockSupport.parkNanos(PAUSE.toNanos()); // another process: there is no event of ours to wait for
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// SIGKILL, for the server; a database that it carries goes on until the next one adopts or stops it.
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /// SIGSTOP: it stands still, with all that it holds.
    public void pause() {
        signal("STOP");
    }

    /// SIGCONT.
    public void resume() {
        signal("CONT");
    }

    /// SIGTERM.
    public void terminate() {
        process.destroy();
    }

    public void awaitExit() {
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        resume();
        terminate();
        awaitExit();
    }

    private void signal(String name) {
        if (!process.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
