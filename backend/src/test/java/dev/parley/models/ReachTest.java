package dev.parley.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.ssl.SSLContexts;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a provider's address leads that an operator typed, asked with the real client.
@NullMarked
class ReachTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ScriptedProvider server = ScriptedProvider.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # address                              | public | local
            93.184.216.34                          | true   | true
            2606:2800:220:1:248:1893:25c8:1946     | true   | true
            127.0.0.1                              | false  | true
            127.8.8.8                              | false  | true
            ::1                                    | false  | true
            10.0.0.9                               | false  | true
            172.31.255.1                           | false  | true
            172.32.0.1                             | true   | true
            192.168.1.5                            | false  | true
            100.64.0.1                             | false  | true
            fd12:3456::1                           | false  | true
            ::ffff:10.0.0.9                        | false  | true
            0.0.0.0                                | false  | false
            0.1.2.3                                | false  | false
            ::                                     | false  | false
            169.254.169.254                        | false  | false
            169.254.0.1                            | false  | false
            ::ffff:169.254.169.254                 | false  | false
            ::ffff:a9fe:a9fe                       | false  | false
            ::169.254.169.254                      | false  | false
            ::ffff:0:169.254.169.254               | false  | false
            64:ff9b::169.254.169.254               | false  | false
            64:ff9b:1::a9fe:a9fe                   | false  | false
            2002:a9fe:a9fe::1                      | false  | false
            2002:7f00:1::1                         | false  | true
            2001:0:4136:e378:8000:63bf:5601:5601   | false  | false
            fe80::1                                | false  | false
            fd00:ec2::254                          | false  | false
            fd20:ce::254                           | false  | false
            100.100.100.200                        | false  | false
            168.63.129.16                          | false  | false
            192.0.0.192                            | false  | false
            224.0.0.1                              | false  | false
            ff02::1                                | false  | false
            255.255.255.255                        | false  | false
            """, delimiter = '|')
    void eachAddressIsAllowedWhereItMayBe(String address, boolean isPublic, boolean local) {
        InetAddress literal = InetAddress.ofLiteral(address);

        assertThat(Reach.PUBLIC.allows(literal)).as("public").isEqualTo(isPublic);
        assertThat(Reach.LOCAL.allows(literal)).as("local").isEqualTo(local);
        assertThat(Reach.ANY.allows(literal)).isTrue();
    }

    /// However it is written: what the system makes of it is what counts.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:%d",
                "http://localhost:%d",
                "http://127.1:%d",
                "http://2130706433:%d",
                "http://[::1]:%d",
                "http://[::ffff:127.0.0.1]:%d",
                "http://[0:0:0:0:0:ffff:7f00:1]:%d"
            })
    void thisMachineIsOutOfReachInEveryForm(String form) throws IOException {
        try (ProviderHttp http = client(guarded(Reach.PUBLIC, InetAddress::getAllByName))) {
            URI address = URI.create(form.formatted(server.baseUrl().getPort()));

            assertThatThrownBy(() -> ask(http, address))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("none that this server may go to");
            assertThat(server.connections()).isZero();
        }
    }

    /// Numbers that some programs take for addresses, as Java does too.
    @ParameterizedTest
    @ValueSource(strings = {"2130706433", "127.1", "127.0.1", "017700000001", "2852039166"})
    void noNumberIsAWayAround(String host) {
        assertThatThrownBy(() -> guarded(Reach.PUBLIC, ReachTest::numbers).resolve(host))
                .isInstanceOf(UnknownHostException.class);
    }

    /// What is no number in Java's eyes is a name, which nobody has.
    private static InetAddress[] numbers(String host) throws UnknownHostException {
        try {
            return new InetAddress[] {InetAddress.ofLiteral(host)};
        } catch (IllegalArgumentException e) {
            throw new UnknownHostException(host);
        }
    }

    /// What was looked up first says nothing: the address that is connected to is the one that was checked.
    @Test
    void aNameThatLeadsElsewhereLaterLeadsNowhere() throws Exception {
        InetAddress here = InetAddress.ofLiteral("127.0.0.1");
        Deque<InetAddress> answers = new ArrayDeque<>(List.of(here, InetAddress.ofLiteral("169.254.169.254")));
        DnsResolver names = guarded(Reach.LOCAL, name -> new InetAddress[] {answers.remove()});
        URI address = URI.create("http://rebinding.example:" + server.baseUrl().getPort() + "/v1");
        try (ProviderHttp http = client(names)) {
            assertThat(ask(http, address)).contains("echo");
        }
        try (ProviderHttp http = client(names)) {
            assertThatThrownBy(() -> ask(http, address)).hasMessageContaining("none that this server may go to");
        }
        assertThat(answers).isEmpty();
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void ofSeveralAddressesOnlyThoseWithinReachAreGoneTo() throws Exception {
        InetAddress metadata = InetAddress.ofLiteral("169.254.169.254");
        InetAddress here = InetAddress.ofLiteral("127.0.0.1");

        assertThat(Reach.LOCAL.allowed(new InetAddress[] {metadata, here})).containsExactly(here);
        assertThatThrownBy(() -> Reach.LOCAL.allowed(new InetAddress[] {metadata}))
                .isInstanceOf(Reach.Refused.class);
    }

    @Test
    void aRedirectIsFollowedNowhere() throws Exception {
        try (ScriptedProvider other = ScriptedProvider.start();
                ProviderHttp http = client(guarded(Reach.LOCAL, InetAddress::getAllByName))) {
            server.redirects("/v1/models", other.baseUrl() + "/models");

            assertThatThrownBy(() -> ask(http, server.baseUrl())).isInstanceOf(ProviderException.class);
            assertThat(other.connections()).isZero();
        }
    }

    /// @param reach what the operator's addresses may be
    private static DnsResolver guarded(Reach reach, Names names) {
        return new GuardedNames(reach, new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                return names.resolve(host);
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        });
    }

    @FunctionalInterface
    private interface Names {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private static String ask(ProviderHttp http, URI address) {
        ChatCompletions completions = ChatCompletions.at(
                () -> http,
                Endpoint.of(address, "key", Map.of()),
                TestSettings.patience(LONG, LONG),
                Clock.systemUTC());
        return new String(completions.get("/models"), UTF_8);
    }

    private static ProviderHttp client(DnsResolver names) {
        return new ProviderHttp(LONG, Duration.ofMillis(20), SSLContexts.createDefault(), names);
    }
}
