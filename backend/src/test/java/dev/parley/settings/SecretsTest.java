package dev.parley.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
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

    @Test
    void nothingIsMadeToBeCarried() throws IOException {
        assertThat(secrets("", "").carried()).isEmpty();
        assertThat(secrets("", "").keyId()).isEmpty();
        assertThat(data.resolve("secrets")).doesNotExist();
        assertThat(secrets("", "mine").carried()).containsExactly(Map.entry("secret-key", "mine"));

        byte[] made = secrets("", "").secretKey();
        assertThat(secrets("", "").carried()).containsExactly(Map.entry("secret-key", new String(made, UTF_8)));
        assertThat(secrets("", "").keyId()).isPresent();
    }

    @Test
    void successorsCountWhenTheyAreTakenAndThoseBeforeAreKept() throws IOException {
        Secrets secrets = secrets("", "");
        byte[] before = secrets.secretKey();
        String id = secrets.keyId().orElseThrow();
        Map<String, String> carried = Map.of("secret-key", "theirs", "jwt-key", "theirs too");

        try (Secrets.Successors _ = secrets.successors(carried)) {
            assertThat(secrets.secretKey()).isEqualTo(before);
        }
        assertThat(files()).containsExactly("secret-key");

        for (int i = 0; i < 2; i++) {
            try (Secrets.Successors successors = secrets.successors(carried)) {
                successors.take();
            }
            assertThat(secrets.secretKey()).isEqualTo("theirs".getBytes(UTF_8));
            assertThat(files()).containsExactly("jwt-key", "secret-key", "secret-key.before-" + id);
        }
        assertThat(data.resolve("secrets/secret-key.before-" + id)).hasBinaryContent(before);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("secrets"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private Secrets secrets(String jwtKey, String secretKey) {
        return new Secrets(data, jwtKey, secretKey);
    }
}
