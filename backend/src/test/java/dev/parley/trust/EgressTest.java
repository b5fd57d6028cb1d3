package dev.parley.trust;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.sql.DriverManager;
import java.util.List;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;

/// What may open a connection, by name: each goes where the operator's settings say, and nowhere else. No address
/// that a person or a model wrote is ever opened by the server: what an answer links to is the browser's affair,
/// and its policy lets it load nothing from elsewhere. Whoever needs to open such an address adds a client that
/// checks where it leads when it connects and at each redirect, and names that one here.
class EgressTest {
    private static final List<String> CLIENTS = List.of(
            // The providers, at OPENAI_BASE_URL and PARLEY_PROVIDER_<NAME>_URL.
            "dev.parley.models.ProviderHttp",
            "dev.parley.models.ChatCompletions",
            "dev.parley.models.OllamaProvider",
            "dev.parley.models.Exchange",
            "dev.parley.models.BufferTellingConnection",
            // And where operators may send them, which is looked at when they connect.
            "dev.parley.models.GuardedNames",
            // Mem0, at MEM0_BASE_URL.
            "dev.parley.memory.Mem0Client",
            // The OpenID provider, at PARLEY_OIDC_ISSUER and the addresses that it names.
            "dev.parley.oidc.OidcHttp",
            "dev.parley.oidc.IdTokens",
            // Redis, at REDIS_URL.
            "dev.parley.cluster.LettuceRedis",
            "dev.parley.cluster.RedisLine",
            // PostgreSQL, at DATABASE_URL.
            "dev.parley.database.Database",
            // The collector of traces, at OTEL_EXPORTER_OTLP_ENDPOINT.
            "dev.parley.traces.TraceExport",
            // The SMTP server, at EMAIL_HOST.
            "dev.parley.mail.SmtpMailer",
            // `doctor`, which tries the same Redis and SMTP server, and the port of this very server.
            "dev.parley.cluster.RedisCheckup",
            "dev.parley.mail.MailCheckup",
            "dev.parley.web.PortCheckup",
            // Whether a port is free for the embedded PostgreSQL.
            "dev.parley.database.EmbeddedPostgres");

    private static final DescribedPredicate<JavaClass> OPENS_CONNECTIONS = resideInAnyPackage(
                    "java.net.http..",
                    "javax.net.ssl..",
                    "org.apache.hc..",
                    "io.lettuce..",
                    "io.netty..",
                    "io.opentelemetry.exporter..",
                    "jakarta.mail..",
                    "org.springframework.mail..",
                    "org.eclipse.jetty.client..",
                    "org.springframework.web.client..",
                    "org.springframework.http.client..",
                    "org.springframework.web.reactive.function.client..")
            .or(assignableToOneOf(
                    Socket.class,
                    ServerSocket.class,
                    DatagramSocket.class,
                    URL.class,
                    URLConnection.class,
                    SocketChannel.class,
                    AsynchronousSocketChannel.class,
                    DatagramChannel.class,
                    SocketFactory.class,
                    DriverManager.class));

    private static DescribedPredicate<JavaClass> assignableToOneOf(Class<?>... types) {
        DescribedPredicate<JavaClass> any = DescribedPredicate.alwaysFalse();
        for (Class<?> one : types) {
            any = any.or(JavaClass.Predicates.assignableTo(one));
        }
        return any;
    }

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.parley");

    @Test
    void onlyTheClientsOfTheOperatorsServicesOpenConnections() {
        noClasses()
                .that(areNot(CLIENTS))
                .should()
                .dependOnClassesThat(OPENS_CONNECTIONS.as("open connections"))
                .check(OURS);
    }

    /// A name that nothing has any more would let in whatever gets it next.
    @Test
    void everyClientStillOpensConnections() {
        assertThat(CLIENTS)
                .allSatisfy(client -> assertThat(OURS.get(client).getDirectDependenciesFromSelf())
                        .as("take %s out of CLIENTS", client)
                        .anyMatch(dependency -> OPENS_CONNECTIONS.test(dependency.getTargetClass())));
    }

    private static DescribedPredicate<JavaClass> areNot(List<String> names) {
        return DescribedPredicate.describe(
                "are not clients of the operator's services",
                one -> names.stream()
                        .noneMatch(name ->
                                one.getName().equals(name) || one.getName().startsWith(name + "$")));
    }
}
