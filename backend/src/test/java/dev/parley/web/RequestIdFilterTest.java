package dev.parley.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.shared.Acting;
import dev.parley.shared.Ids;
import dev.parley.shared.UserId;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RequestIdFilterTest {
    private final RequestIdFilter filter = new RequestIdFilter();

    @AfterEach
    void stop() {
        Acting.stop();
    }

    private void ask(FilterChain chain) throws IOException, ServletException {
        filter.doFilter(new MockHttpServletRequest(), new MockHttpServletResponse(), chain);
    }

    @Test
    void whoeverHasTheThreadNextWorksInNobodysName() throws Exception {
        ask((_, _) -> Acting.begin(new UserId(Ids.next())));
        assertThat(Acting.user()).isNull();

        assertThatThrownBy(() -> ask((_, _) -> {
                    Acting.begin(new UserId(Ids.next()));
                    throw new ServletException("This went wrong.");
                }))
                .isInstanceOf(ServletException.class);
        assertThat(Acting.user()).isNull();
    }
}
