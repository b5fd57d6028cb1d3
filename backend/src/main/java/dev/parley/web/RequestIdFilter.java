package dev.parley.web;

import dev.parley.shared.Acting;
import dev.parley.shared.Ids;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/// Names each request, so that a line in the log and what a user was shown can be brought together. The first to see it
/// and the last: what its thread was told of it ends here.
class RequestIdFilter extends OncePerRequestFilter {
    /// Under which the log knows it.
    static final String NAME = "request_id";

    static final String CHAT = "chat_id";

    private static final Pattern OF_CHAT = Pattern.compile("/api/v1/chats/([0-9a-fA-F-]{36})(?![^/])");
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String theirs = request.getHeader(Requests.ID_HEADER);
        String id = theirs != null && SANE.matcher(theirs).matches()
                ? theirs
                : Ids.next().toString();
        Requests.name(request, id);
        response.setHeader(Requests.ID_HEADER, id);
        Matcher chat = OF_CHAT.matcher(Requests.path(request));
        if (chat.lookingAt()) {
            MDC.put(CHAT, chat.group(1));
        }
        try (MDC.MDCCloseable _ = MDC.putCloseable(NAME, id)) {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(CHAT);
            Acting.stop();
        }
    }
}
