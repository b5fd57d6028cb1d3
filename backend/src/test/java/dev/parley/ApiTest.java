package dev.parley;

import dev.parley.database.TestDatabase;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ContextConfiguration;

/// The whole application on a port, with a database of its own. All tests that have only this annotation share one: a
/// test makes the users that it needs, and assumes nothing about others.
///
/// ```java
/// @ApiTest
/// class SomethingTest {
///     private final Api api;
///
///     SomethingTest(@LocalServerPort int port) {
///         api = new Api(port);
///     }
/// ```
@Documented
@Tag("slow")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "PARLEY_DATA_DIR=target/test-data",
            "PARLEY_DRAIN_SECONDS=0",
            "parley.metrics.port=0",
            "PARLEY_IMPORT_MAX_MB=8",
            "PARLEY_ADMIN_CHAT_ACCESS=on",
            "PARLEY_TRUSTED_PROXIES=127.0.0.1",
            "CORS_ALLOWED_ORIGINS=" + ApiTest.OTHER_ORIGIN
        })
@ContextConfiguration(
        initializers = {
            TestDatabase.Initializer.class,
            Provider.Initializer.class,
            MailServer.Initializer.class,
            IdentityProvider.Initializer.class
        })
public @interface ApiTest {
    /// Of a web app elsewhere that may call the API.
    String OTHER_ORIGIN = "https://app.example.org";
}
