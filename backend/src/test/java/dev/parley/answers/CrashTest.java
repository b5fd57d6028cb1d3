package dev.parley.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Api;
import dev.parley.Api.Answer;
import dev.parley.Parley;
import dev.parley.Stream;
import dev.parley.models.ScriptedProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole server in a process of its own, killed while it writes.
@Tag("slow")
class CrashTest {
    /// What may live in memory alone, by the contract.
    private static final Duration UNSAVED = Duration.ofMillis(250);

    private static final Duration PAUSE = Duration.ofMillis(50);

    @TempDir
    private Path data;

    @Test
    void afterAKillTheQuestionAndAllButTheLastMomentOfTheAnswerAreThere() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start()) {
            provider.lists("tokens-2000@100", "tokens-40");
            StringBuilder saved = new StringBuilder();
            Api.Account account;
            String messages;
            try (Server server = Server.start(data, provider)) {
                Api anyone = new Api(server.port());
                account = anyone.register();
                Api api = anyone.as(account);
                String chat =
                        api.post("/api/v1/chats/", Map.of()).data().path("id").asString();
                messages = "/api/v1/chats/" + chat + "/messages/";
                Map<String, Object> question = Map.of("content", "Go on for long", "model", "tokens-2000@100");
                try (Stream stream = api.stream("POST", messages, question)) {
                    long begin = System.nanoTime();
                    long killAt = begin + Duration.ofSeconds(3).toNanos();
                    long certainUntil = killAt - UNSAVED.toNanos();
                    while (System.nanoTime() < killAt) {
                        Stream.Event event = stream.next();
                        if (event != null
                                && System.nanoTime() < certainUntil
                                && event.name().equals("delta")) {
                            saved.append(event.data().path("text").asString());
                        }
                    }
                    server.kill();
                }
            }
            assertThat(saved).isNotEmpty();
            try (Server server = Server.start(data, provider)) {
                Api api = new Api(server.port()).as(account);
                Answer history = interrupted(api, messages);
                assertThat(history.data().path("items").path(0).path("content").asString())
                        .isEqualTo("Go on for long");
                assertThat(history.data().path("items").path(1).path("content").asString())
                        .startsWith(saved.toString());
                assertThat(api.post(messages, Map.of("content", "And now?", "model", "tokens-40"))
                                .status())
                        .isEqualTo(201);
            }
            assertThat(provider.questions("tokens-2000@100")).hasSize(1);
        }
    }

    /// The heir works within a beat of its heart.
    private static Answer interrupted(Api api, String messages) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (true) {
            Answer history = api.get(messages);
            String status = history.data().path("items").path(1).path("status").asString();
            if (status.equals("interrupted")) {
                return history;
            }
            assertThat(System.nanoTime()).as("still %s", status).isLessThan(end);
            // Another process: there is no event of ours to wait for.
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private record Server(Process process, int port) implements AutoCloseable {
        private static final long PATIENCE_S = 90;

        static Server start(Path data, ScriptedProvider provider) throws IOException {
            int port = freePort();
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Parley.class.getName());
            builder.environment()
                    .putAll(Map.of(
                            "PORT", Integer.toString(port),
                            "PARLEY_DATA_DIR", data.toString(),
                            "PARLEY_TRUSTED_PROXIES", "127.0.0.1",
                            "OPENAI_BASE_URL", provider.baseUrl().toString()));
            Process process = builder.inheritIO().start();
            Server server = new Server(process, port);
            server.awaitHealth();
            return server;
        }

        private void awaitHealth() {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
            while (true) {
                assertThat(process.isAlive()).as("the server runs").isTrue();
                try {
                    if (new Api(port).get("/health/").status() == 200) {
                        return;
                    }
                } catch (UncheckedIOException e) {
                    assertThat(System.nanoTime()).as("the server answers").isLessThan(end);
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        }

        /// SIGKILL, for the server; its database goes on until the next one adopts or stops it.
        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().orTimeout(40, TimeUnit.SECONDS).join();
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            }
        }
    }
}
