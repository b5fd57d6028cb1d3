package dev.parley;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
        return start(List.of(), data, settings, words);
    }

    private static CommandProcess start(List<String> before, Path data, Map<String, String> settings, String... words) {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(before));
        builder.command()
                .addAll(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parley.class.getName()));
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

    /// @param line of the standard input
    public static Ended tell(String line, Path data, Map<String, String> settings, String... words) {
        try (CommandProcess command = start(data, settings, words)) {
            try (OutputStream input = command.process.getOutputStream()) {
                input.write((line + "\n").getBytes(UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return command.await();
        }
    }

    /// Where no file may be larger, as if the disk were full.
    public static Ended cramped(int kilobytes, Path data, Map<String, String> settings, String... words) {
        List<String> limit = List.of("bash", "-c", "ulimit -f " + kilobytes + "; exec \"$@\"", "cramped");
        try (CommandProcess command = start(limit, data, settings, words)) {
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
