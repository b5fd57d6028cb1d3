package dev.parley.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.models.Prompt.Role;
import dev.parley.models.Prompt.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A provider behind TLS, whose certificate is trusted or not.
@NullMarked
@Timeout(60)
class SecureProviderTest {
    private static final String PASSWORD = "changeit";
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"silent", "stalls"})
    void closingEndsTheConnectionUnderAReaderThatWaits(String model) throws Exception {
        SSLContext certificate = certificate();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                ScriptedProvider provider = ScriptedProvider.secured(certificate);
                ProviderHttp http = client(certificate)) {
            Completion completion = ask(http, provider, model);
            Future<Collected> reader = threads.submit(() -> Collected.from(completion));
            ScriptedProvider.Request request = provider.awaitQuestion();
            completion.close();

            assertThat(reader.get().failed().sentence()).isEqualTo("The answer was stopped.");
            request.awaitHangUp();
        }
    }

    @Test
    void streamsAndUsesTheConnectionAgain() throws Exception {
        SSLContext certificate = certificate();
        try (ScriptedProvider provider = ScriptedProvider.secured(certificate);
                ProviderHttp http = client(certificate)) {
            assertThat(Collected.from(ask(http, provider, "echo")).text()).isEqualTo("You asked: ?");
            assertThat(Collected.from(ask(http, provider, "echo")).text()).isEqualTo("You asked: ?");
            assertThat(provider.connections()).isEqualTo(1);
        }
    }

    @Test
    void doesNotAskAProviderWhoseCertificateIsNotTrusted() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.secured(certificate());
                ProviderHttp http = client(SSLContext.getDefault())) {
            Collected answer = Collected.from(ask(http, provider, "echo"));

            assertThat(answer.failed().sentence())
                    .isEqualTo("No secure connection to the model's provider could be made.");
            assertThat(provider.questions()).isEmpty();
        }
    }

    private static Completion ask(ProviderHttp http, ScriptedProvider provider, String model) {
        ChatCompletions server = ChatCompletions.at(
                () -> http,
                Endpoint.of(provider.baseUrl(), "key", Map.of()),
                TestSettings.patience(LONG, LONG),
                Clock.systemUTC());
        Prompt prompt = new Prompt(model, List.of(new Turn(Role.USER, "?")), null, null);
        return server.open(new ChatRequest(model, prompt, 0.7, 100));
    }

    private static ProviderHttp client(SSLContext trust) {
        return new ProviderHttp(LONG, Duration.ofMillis(20), trust);
    }

    /// What both ends need when the provider signs for itself.
    private SSLContext certificate() throws IOException, InterruptedException, GeneralSecurityException {
        Path file = directory.resolve("provider.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "provider",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();

        KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
        known.load(null, null);
        known.setCertificateEntry("provider", keys.getCertificate("provider"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
