package dev.parley.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path data;

    @Test
    void whatIsNotSetIsMadeOnceAndKept() throws IOException {
        byte[] first = secrets("", "").jwtKey();

        assertThat(first)
                .hasSizeGreaterThanOrEqualTo(48)
                .isEqualTo(secrets("", "").jwtKey());
        assertThat(secrets("", "").secretKey()).isNotEqualTo(first);
        Path file = data.resolve("secrets/jwt-key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("jwt-key", "secret-key");
        }
    }

    @Test
    void allWhoMakeItAtOnceReadTheSame() throws InterruptedException {
        ConcurrentLinkedQueue<String> read = new ConcurrentLinkedQueue<>();
        List<Thread> threads = IntStream.range(0, 16)
                .mapToObj(each ->
                        Thread.ofPlatform().start(() -> read.add(secrets("", "").databasePassword())))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(read).hasSize(16).containsOnly(read.element());
    }

    @Test
    void whatIsSetIsTakenAsItIs() {
        assertThat(secrets("", "mine").secretKey()).isEqualTo("mine".getBytes(UTF_8));
        assertThat(data.resolve("secrets")).doesNotExist();
    }

    @Test
    void aShortKeySignsAsHmacWouldWithIt() {
        assertThat(secrets("short", "").jwtKey())
                .hasSize(32)
                .startsWith("short".getBytes(UTF_8))
                .endsWith(0, 0, 0);
    }

    private Secrets secrets(String jwtKey, String secretKey) {
        return new Secrets(data, jwtKey, secretKey);
    }
}
