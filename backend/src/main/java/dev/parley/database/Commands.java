package dev.parley.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Programs that run to their end.
final class Commands {
    private Commands() {}

    /// @param status what the program ended with
    /// @param output what it said, on both streams
    record Result(int status, String output) {
        boolean succeeded() {
            return status == 0;
        }
    }

    static Result run(List<String> command) {
        return run(command, "");
    }

    static Result run(List<String> command, String input) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            // The operator's PGDATA, PGPORT and PGOPTIONS are meant for another server; his language would change what
            // initdb writes.
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Result(process.waitFor(), output.strip());
        } catch (IOException e) {
            return new Result(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(130, command.getFirst() + " was interrupted");
        }
    }

    /// One flush of the whole file system costs a fraction of what one for each file costs.
    static void syncToDisk(Path path) throws IOException {
        List<String> command = new ArrayList<>(List.of("sync"));
        if (System.getProperty("os.name").equals("Linux")) {
            command.addAll(List.of("-f", path.toString()));
        }
        Result result = run(command);
        if (!result.succeeded()) {
            throw new IOException("sync failed: " + result.output());
        }
    }
}
