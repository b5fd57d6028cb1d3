package dev.parley.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.parley.models.ModelsProperties.Named;
import dev.parley.shared.Checkup.Finding;
import dev.parley.shared.Checkup.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvidersCheckupTest {
    private static final String VARIABLES = " Check PARLEY_PROVIDER_NEAR_BY_API_KEY and PARLEY_PROVIDER_NEAR_BY_URL.";

    private static Finding look(URI url, String... models) {
        Named named = Named.chat("near-by", url, "hush", List.of(models));
        return new ProvidersCheckup(TestSettings.of(named)).look().getFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | The model's provider did not accept this server's API key.
            402 | The account at the model's provider has no credit left.
            429 | The model's provider has too many requests just now. Try again in a moment.
            500 | The model's provider failed (500). Try again in a moment.
            """)
    void saysWhatIsWrongAndWhatToDo(int status, String reason) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            Finding finding =
                    look(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1"));

            assertThat(finding.verdict()).isEqualTo(Verdict.BROKEN);
            assertThat(finding.about()).isEqualTo("near-by");
            assertThat(finding.sentence()).endsWith(reason + VARIABLES).doesNotContain("hush");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void modelsThatAreNamedAndNotListedAreSaid() {
        try (ScriptedProvider provider = ScriptedProvider.start()) {
            provider.lists("one", "two");
            assertThat(look(provider.baseUrl(), "two").verdict()).isEqualTo(Verdict.OK);

            Finding doubtful = look(provider.baseUrl(), "two", "three");
            assertThat(doubtful.verdict()).isEqualTo(Verdict.DOUBTFUL);
            assertThat(doubtful.sentence())
                    .endsWith("lists 2 models, but not three, which the settings name: check the name, or whether this"
                            + " account may use it.");
        }
    }

    @Test
    void withoutAnyItSaysWhoAnswers() {
        assertThat(new ProvidersCheckup(TestSettings.of()).look().getFirst().verdict())
                .isEqualTo(Verdict.OFF);
    }
}
