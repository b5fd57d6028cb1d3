package dev.parley.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.parley.IdentityProvider;
import dev.parley.IdentityProvider.Person;
import dev.parley.IdentityProvider.Redirected;
import dev.parley.SettableClock;
import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class OidcProviderTest {
    private static final URI REDIRECT = URI.create("https://chat.example.org/login/callback");
    private static final Person ADA = Person.of("ada@example.org");

    private final IdentityProvider there = new IdentityProvider(REDIRECT.toString());
    private final OidcProvider provider = provider(there.issuer(), Clock.systemUTC());

    @AfterEach
    void close() {
        there.close();
    }

    @Test
    void asksAgainForAKeyThatItDoesNotKnow() throws Exception {
        assertThat(identified(provider).email()).isEqualTo("ada@example.org");
        there.changeKey();
        assertThat(identified(provider).subject()).isEqualTo(ADA.subject());
    }

    @Test
    void whileItIsAwayASentenceSaysSo() {
        there.close();
        assertAway(() -> provider.address(provider.attempt(REDIRECT, false)));
    }

    @Test
    void whatItSaidOfItselfOutlivesItsAbsence() throws Exception {
        SettableClock clock = new SettableClock();
        OidcProvider known = provider(there.issuer(), clock);
        Attempt attempt = known.attempt(REDIRECT, false);
        String before = known.address(attempt).toString();
        there.close();
        clock.pass(Duration.ofHours(2));

        assertThat(known.address(attempt)).hasToString(before);
        assertAway(() -> known.identify("a code", null, attempt));
    }

    @Test
    void aSlashAtTheEndOfItsNameChangesNothing() throws Exception {
        assertThat(identified(provider(there.issuer() + "/", Clock.systemUTC())).issuer())
                .isEqualTo(there.issuer());
    }

    @Test
    void withoutThatAttemptsVerifierItsCodeIsWorthNothing() {
        Attempt attempt = provider.attempt(REDIRECT, false);
        Redirected callback = there.signIn(provider.address(attempt).toString(), ADA);
        Attempt other = new Attempt(attempt.state(), attempt.nonce(), "another", REDIRECT, false);

        assertThatThrownBy(() -> provider.identify(callback.parameter("code"), null, other))
                .isInstanceOf(IdentityRefused.class)
                .hasMessageContaining("invalid_grant");
    }

    /// Of a provider that is set by https nothing goes over http; and one that calls itself something else is not it.
    @ParameterizedTest
    @CsvSource({
        "'{}'",
        "'[]'",
        "'not JSON'",
        "'{\"issuer\": \"https://elsewhere.example.org\"}'",
        "'{\"issuer\": \"$\", \"authorization_endpoint\": \"javascript:alert(1)\"}'",
        "'{\"issuer\": \"$\", \"authorization_endpoint\": \"http://a/\", \"token_endpoint\": \"file:///etc/passwd\"}'"
    })
    void aDescriptionThatCannotBeUsedIsNone(String description) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        String issuer = "http://127.0.0.1:" + server.getAddress().getPort();
        byte[] body = description.replace("$", issuer).getBytes(UTF_8);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            OidcProvider strange = provider(issuer, Clock.systemUTC());
            assertAway(() -> strange.address(strange.attempt(REDIRECT, false)));
        } finally {
            server.stop(0);
        }
    }

    /// A request's timeout ends with the headers; a provider that falls silent after them keeps nobody waiting.
    @Test
    @Timeout(120)
    void oneThatFallsSilentIsNotWaitedForForEver() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write("{\"half\":".getBytes(UTF_8));
            exchange.getResponseBody().flush();
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            assertThatThrownBy(() -> new OidcHttp(Duration.ofSeconds(1)).get(address))
                    .isInstanceOf(IOException.class)
                    .hasMessage("It takes longer than 1000 ms to answer");
        } finally {
            done.countDown();
            server.stop(0);
        }
    }

    private Identity identified(OidcProvider by) throws IdentityRefused {
        Attempt attempt = by.attempt(REDIRECT, false);
        Redirected callback = there.signIn(by.address(attempt).toString(), ADA);
        return by.identify(callback.parameter("code"), callback.parameter("iss"), attempt);
    }

    private static OidcProvider provider(String issuer, Clock clock) {
        OidcProperties properties = new OidcProperties(
                issuer, IdentityProvider.CLIENT, IdentityProvider.SECRET, IdentityProvider.NAME, "openid email");
        return new OidcProvider(properties, new JsonMapper(), clock);
    }

    private static void assertAway(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(ParleyException.class)
                .hasMessage("Campus does not answer at the moment. Sign in another way, or try again shortly.")
                .extracting(failure -> ((ParleyException) failure).code())
                .isEqualTo(CommonError.SERVICE_UNAVAILABLE);
    }
}
