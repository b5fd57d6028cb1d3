package dev.parley.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.ApiTest;
import dev.parley.cluster.RateLimits;
import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import dev.parley.web.Caller;
import dev.parley.web.ErrorWriter;
import dev.parley.web.Scope;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.core.context.SecurityContextHolder;

@ApiTest
class RequestLimitFilterTest {
    private final RequestLimitFilter filter;

    RequestLimitFilterTest(@Autowired ErrorWriter errors, @Autowired RateLimits limits) {
        filter = new RequestLimitFilter(
                limits.perMinuteHere("person", 3),
                limits.perMinuteHere("key", 2),
                limits.perMinuteHere("address", 3),
                errors);
    }

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    private MockHttpServletResponse ask(String path, String address) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setRemoteAddr(address);
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request, response, new MockFilterChain());
        return response;
    }

    private static void signIn() {
        signIn(new Caller(new UserId(Ids.next()), Ids.next()));
    }

    private static void signIn(Caller caller) {
        SecurityContextHolder.getContext().setAuthentication(new SignedIn(caller, false));
    }

    @Test
    void anAddressIsToldToWait() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(ask("/api/v1/models", "10.1.1.1").getStatus()).isEqualTo(200);
        }
        MockHttpServletResponse refused = ask("/api/v1/models", "10.1.1.1");
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(refused.getContentAsString()).contains("RATE_LIMITED");
        assertThat(Integer.parseInt(String.valueOf(refused.getHeader("Retry-After"))))
                .isBetween(1, 60);
        assertThat(ask("/api/v1/models", "10.1.1.2").getStatus()).isEqualTo(200);
    }

    @Test
    void anEscapeLeadsAroundNothing() throws Exception {
        for (String path : List.of("/%61pi/v1/models", "/api;a=b/v1/models", "/api/%zz")) {
            assertThat(ask(path, "10.1.4.1").getStatus()).isEqualTo(200);
        }
        assertThat(ask("/%61%70%69/v1/models", "10.1.4.1").getStatus()).isEqualTo(429);
    }

    @Test
    void aPersonCountsWhereverHeIsAndNobodyElseForHim() throws Exception {
        signIn();
        for (int i = 0; i < 3; i++) {
            assertThat(ask("/api/v1/chats", "10.1.2." + i).getStatus()).isEqualTo(200);
        }
        assertThat(ask("/api/v1/chats", "10.1.2.9").getStatus()).isEqualTo(429);
        signIn();
        assertThat(ask("/api/v1/chats", "10.1.2.9").getStatus()).isEqualTo(200);
    }

    @Test
    void aKeyIsToldToWaitBeforeItsOwnerIs() throws Exception {
        UserId owner = new UserId(Ids.next());
        signIn(new Caller(owner, Ids.next(), Set.of(Scope.CHATS)));
        assertThat(ask("/api/v1/chats", "10.1.5.1").getStatus()).isEqualTo(200);
        assertThat(ask("/api/v1/chats", "10.1.5.1").getStatus()).isEqualTo(200);
        for (int i = 0; i < 10; i++) {
            assertThat(ask("/api/v1/chats", "10.1.5.1").getStatus()).isEqualTo(429);
        }
        // Another one is not refused, and what was refused has taken nothing from the owner.
        signIn(new Caller(owner, Ids.next(), Set.of(Scope.CHATS)));
        assertThat(ask("/api/v1/chats", "10.1.5.1").getStatus()).isEqualTo(200);
        assertThat(ask("/api/v1/chats", "10.1.5.1").getStatus()).isEqualTo(429);
    }

    @Test
    void pagesAndHealthAreNotCounted() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(ask("/health/", "10.1.3.1").getStatus()).isEqualTo(200);
            assertThat(ask("/assets/app.js", "10.1.3.1").getStatus()).isEqualTo(200);
        }
    }
}
