package dev.parley.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.parley.IdentityProvider;
import dev.parley.shared.Checkup.Finding;
import dev.parley.shared.Checkup.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OidcCheckupTest {
    private static final String OPENED = "https://chat.example.org";

    private static Finding look(String issuer, String publicUrl) {
        var properties = new OidcProperties(issuer, "parley", "hush", "", "openid email");
        return new OidcCheckup(properties, publicUrl).look().getFirst();
    }

    @Test
    void saysWhereThePeopleComeBackTo() {
        String issuer = IdentityProvider.shared().issuer();

        assertThat(look(issuer, OPENED))
                .isEqualTo(Finding.ok(
                        "sign-in",
                        issuer + " answers; it has to know " + OPENED + "/login/callback as a redirect address."));
        Finding doubtful = look(issuer, "");
        assertThat(doubtful.verdict()).isEqualTo(Verdict.DOUBTFUL);
        assertThat(doubtful.sentence()).endsWith("set PARLEY_PUBLIC_URL to the address that they open.");
    }

    @Test
    void whatIsNotSetIsOff() {
        assertThat(look("", OPENED).verdict()).isEqualTo(Verdict.OFF);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            404 | {}                       | openid-configuration there was answered with 404
            200 | <html>                   | What it says of itself is no JSON
            200 | {"issuer": "https://h/"} | It calls itself another issuer: https://h/
            """)
    void saysWhatIsWrongAndWhatToDo(int status, String body, String reason) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        String issuer = "http://127.0.0.1:" + server.getAddress().getPort();

        Finding wrong = look(issuer, OPENED);
        server.stop(0);
        Finding gone = look(issuer, OPENED);

        assertThat(wrong.verdict()).isEqualTo(Verdict.BROKEN);
        assertThat(wrong.sentence())
                .startsWith(issuer + " cannot be used: ")
                .endsWith(reason + ". Check PARLEY_OIDC_ISSUER, and whether this machine can reach it.");
        assertThat(gone.sentence()).contains("nothing answers there");
    }
}
