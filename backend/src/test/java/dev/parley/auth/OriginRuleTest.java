package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.shared.ParleyException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class OriginRuleTest {
    private final OriginRule rule = new OriginRule(List.of("https://app.example.org", "http://localhost:5173"));

    /// An origin decides when there is one, else what the browser says about the page's site.
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://chat.example.org,       -,           true",
                "https://CHAT.example.org:443,   -,           true",
                "https://app.example.org,        -,           true",
                "https://app.example.org,        cross-site,  true",
                "http://localhost:5173,          -,           true",
                "http://chat.example.org,        -,           false",
                "https://chat.example.org:8443,  -,           false",
                "https://evil.example.com,       same-origin, false",
                "https://app.example.org.evil.io,-,           false",
                "null,                           -,           false",
                "-,                              same-origin, true",
                "-,                              none,        true",
                "-,                              same-site,   false",
                "-,                              cross-site,  false",
                "-,                              -,           false",
            })
    void aCookieCountsForTrustedPagesOnly(String origin, String site, boolean trusted) {
        assertThat(rule.isTrusted(request(origin, site))).isEqualTo(trusted);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://chat.example.org, true",
                "https://app.example.org,  true",
                "https://evil.example.com, false",
                "null,                     false",
                "-,                        true",
            })
    void nobodySignsInFromAForeignPage(String origin, boolean allowed) {
        MockHttpServletRequest request = request(origin, null);
        if (allowed) {
            assertThatCode(() -> rule.refuseForeign(request)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> rule.refuseForeign(request))
                    .isInstanceOfSatisfying(
                            ParleyException.class, e -> assertThat(e.code()).isEqualTo(AuthError.CSRF_REJECTED));
        }
    }

    private static MockHttpServletRequest request(
            @org.jspecify.annotations.Nullable String origin, @org.jspecify.annotations.Nullable String site) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/v1/chats");
        request.setScheme("https");
        request.setServerName("chat.example.org");
        request.setServerPort(443);
        if (origin != null) {
            request.addHeader("Origin", origin);
        }
        if (site != null) {
            request.addHeader("Sec-Fetch-Site", site);
        }
        return request;
    }
}
