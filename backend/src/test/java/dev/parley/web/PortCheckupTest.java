package dev.parley.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.parley.shared.Checkup.Finding;
import dev.parley.shared.Checkup.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class PortCheckupTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OPENED = "https://chat.example.org";

    private static List<Finding> look(int port, String management, String publicUrl, String sameSite, String... hosts) {
        var properties = new WebProperties(List.of(hosts), List.of(), DataSize.ofMegabytes(2), true);
        return new PortCheckup(port, management, "127.0.0.1", publicUrl, sameSite, properties).look();
    }

    @Test
    void aPortThatAnotherHasIsNamedWithItsVariable() throws IOException {
        try (ServerSocket first = new ServerSocket(0);
                ServerSocket second = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            Closing.afterFirstWords(first);
            Closing.afterFirstWords(second);
            List<Finding> findings = look(first.getLocalPort(), Integer.toString(second.getLocalPort()), "", "lax");

            assertThat(findings).extracting(Finding::verdict).containsOnly(Verdict.BROKEN);
            assertThat(findings.getFirst().sentence())
                    .startsWith("Port " + first.getLocalPort() + " cannot be used (")
                    .endsWith("); stop what listens there, or set PORT to another one.");
            assertThat(findings.getLast().about()).isEqualTo("metrics");
            assertThat(findings.getLast().sentence()).endsWith("or set PARLEY_MANAGEMENT_PORT to another one.");
        }
    }

    @Test
    void thePortMayBeFree() {
        // Somebody else may take it in between.
        await().atMost(PATIENCE).untilAsserted(() -> {
            int port = freePort();
            assertThat(look(port, "", "", "lax"))
                    .startsWith(Finding.ok("port", "Port " + port + " is free."))
                    .extracting(Finding::verdict)
                    .containsExactly(Verdict.OK, Verdict.OFF);
        });
    }

    @Test
    void theNameThatPeopleOpenHasToFitTheRest() throws IOException {
        int port = freePort();
        assertThat(look(port, "", OPENED, "lax", "chat.example.org").getLast())
                .isEqualTo(Finding.ok("address", "People open " + OPENED + "."));
        assertThat(look(port, "", OPENED, "lax", "other.example.org").getLast())
                .isEqualTo(
                        Finding.broken(
                                "address",
                                "PARLEY_PUBLIC_URL names chat.example.org, which ALLOWED_HOSTS does not let in; add it there."));
        assertThat(look(port, "", "http://chat.example.org", "none").getLast().sentence())
                .startsWith("PARLEY_COOKIE_SAMESITE is none, and browsers keep such cookies on https alone;");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /// Something that listens and is no Parley.
    private static final class Closing {
        private Closing() {}

        static void afterFirstWords(ServerSocket socket) {
            Thread.ofVirtual().start(() -> {
                try (var connection = socket.accept()) {
                    connection.getInputStream().read();
                } catch (IOException e) {
                    // The test is over.
                }
            });
        }
    }
}
