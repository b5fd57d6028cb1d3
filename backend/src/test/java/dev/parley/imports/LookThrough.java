package dev.parley.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.shared.UserId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/// Reads a file in a process of its own, whose heap is as small as its caller likes, and makes chats of what is in it.
final class LookThrough {
    private LookThrough() {}

    /// @return a line for each chat
    static String run(Path file, String heap) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        heap,
                        "-cp",
                        System.getProperty("java.class.path"),
                        LookThrough.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    public static void main(String[] args) throws IOException {
        UserId owner = new UserId(UUID.randomUUID());
        SourceFile.of(Path.of(args[0])).read(new SourceFile.Found() {
            @Override
            public void chat(SourceChat chat) {
                Planting.of(owner, chat, false, Instant.EPOCH);
                System.out.println(chat.id() + " " + chat.nodes().size() + " " + chat.skipped());
            }

            @Override
            public void unreadable() {
                System.out.println("unreadable");
            }
        });
    }
}
