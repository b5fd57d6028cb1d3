package dev.parley;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A command of the program in a process of its own.
public final class CommandProcess implements AutoCloseable {
    private static final long PATIENCE_S = 180;

    private final Process process;
    private final CompletableFuture<String> output;

    /// @param output on both streams
    public record Ended(int status, String output) {}

    private CommandProcess(Process process) {
        this.process = process;
        output = CompletableFuture.supplyAsync(
                () -> read(process), runnable -> Thread.ofVirtual().start(runnable));
    }

    /// @param settings as in the environment
    public static CommandProcess start(Path data, Map<String, String> settings, String... words) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Parley.class.getName());
        builder.command().addAll(List.of(words));
        builder.environment().putAll(settings);
        builder.environment().put("PARLEY_DATA_DIR", data.toString());
        try {
            return new CommandProcess(builder.redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Ended run(Path data, Map<String, String> settings, String... words) {
        try (CommandProcess command = start(data, settings, words)) {
            return command.await();
        }
    }

    public Ended await() {
        try {
            assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS))
                    .as("the command ends")
                    .isTrue();
            return new Ended(process.exitValue(), output.get(PATIENCE_S, TimeUnit.SECONDS));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// SIGKILL.
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            return ""; // it was killed
        }
    }
}
