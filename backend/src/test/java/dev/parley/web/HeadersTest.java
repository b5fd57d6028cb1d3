package dev.parley.web;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.parley.Api;
import dev.parley.ApiTest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/// What browsers are told with each answer, whichever layer gives it.
@ApiTest
class HeadersTest {
    private final Api api;

    HeadersTest(@LocalServerPort int port) {
        api = new Api(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/health/", "/api/v1/models/", "/api/v1/nothing", "/docs/install", "/assets/nothing.js", "/ws"})
    void everyAnswerIsFenced(String path) {
        Api.Answer answer = api.get(path);
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Permissions-Policy")).contains("camera=()", "geolocation=()", "payment=()", "usb=()");
        assertThat(answer.header("Server")).isEmpty();

        Map<String, String> policy = policy(answer);
        assertThat(policy.get("default-src")).isEqualTo("'self'");
        assertThat(String.valueOf(policy.get("script-src")).split(" "))
                .allMatch(source -> source.equals("'self'") || source.startsWith("'sha256-"));
        assertThat(policy.get("connect-src")).isEqualTo("'self'");
        assertThat(policy.get("img-src")).isEqualTo("'self' data: blob:");
        assertThat(policy)
                .containsEntry("object-src", "'none'")
                .containsEntry("base-uri", "'none'")
                .containsEntry("frame-ancestors", "'none'")
                .containsEntry("form-action", "'self'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/nothing", "/%61pi/v1/nothing", "/%61%70%69/v1/openapi.json"})
    void nobodyKeepsWhatAProgramGot(String path) {
        assertThat(api.get(path).header("Cache-Control")).contains("no-").doesNotContain("public");
    }

    /// Where each rule would decode the address by itself, one would forget it.
    @Test
    void theAddressIsReadInOnePlace() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Requests.class)
                .and()
                .doNotHaveSimpleName("ErrorAdvice")
                .should()
                .callMethod(HttpServletRequest.class, "getRequestURI")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.parley.web", "dev.parley.auth", "dev.parley.live", "dev.parley.admin"));
    }

    private static Map<String, String> policy(Api.Answer answer) {
        return Arrays.stream(answer.header("Content-Security-Policy").split(";\\s*"))
                .map(directive -> directive.strip().split(" ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].strip()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/", "/api/v1/nothing"})
    void browsersComeBackByHttpsOnceTheyDid(String path) {
        assertThat(api.get(path).header("Strict-Transport-Security")).isEmpty();
        assertThat(api.with("X-Forwarded-Proto", "https").get(path).header("Strict-Transport-Security"))
                .isEqualTo("max-age=31536000");
    }
}
