package dev.parley.web;

import dev.parley.shared.ParleyException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.NativeWebRequest;

/// Questions about a request that several parts ask.
public final class Requests {
    static final String ID_HEADER = "X-Request-Id";

    private static final String REQUEST_ID = Requests.class.getName() + ".id";
    private static final String BY_PROXY = Requests.class.getName() + ".proxy";
    private static final String REFUSAL = Requests.class.getName() + ".refusal";

    private Requests() {}

    /// The request's id, as in `X-Request-Id` and in the log.
    public static String id(HttpServletRequest request) {
        return request.getAttribute(REQUEST_ID) instanceof String id ? id : "-";
    }

    /// What was asked for, also while the container tells of a failure.
    static String address(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String failed
                ? decoded(failed)
                : path(request);
    }

    /// Who is signed in, if anybody.
    public static @Nullable Caller caller() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Caller caller ? caller : null;
    }

    /// What is done until this is closed is found in the log under this id, when no request is at work.
    public static MDC.MDCCloseable inLog(String id) {
        return MDC.putCloseable(RequestIdFilter.NAME, id);
    }

    /// Why nobody is signed in although the request brought something to sign in with; null when it brought nothing.
    public static @Nullable ParleyException refusal(HttpServletRequest request) {
        return request.getAttribute(REFUSAL) instanceof ParleyException refusal ? refusal : null;
    }

    public static void refuse(HttpServletRequest request, ParleyException refusal) {
        request.setAttribute(REFUSAL, refusal);
    }

    /// Whether a proxy that the operator trusts has sent it on.
    public static boolean isByProxy(HttpServletRequest request) {
        return request.getAttribute(BY_PROXY) != null;
    }

    static void sentOn(HttpServletRequest request) {
        request.setAttribute(BY_PROXY, true);
    }

    static void name(HttpServletRequest request, String id) {
        request.setAttribute(REQUEST_ID, id);
    }

    /// The address as controllers are found by it: however it is escaped, `/%61pi` is `/api`. Rules that go by the
    /// address look here, or an escape leads around them.
    public static String path(HttpServletRequest request) {
        return decoded(request.getRequestURI());
    }

    private static String decoded(String sent) {
        if (sent.indexOf('%') < 0 && sent.indexOf(';') < 0) {
            return sent;
        }
        try {
            return RequestPath.parse(sent, "").elements().stream()
                    .map(one -> one instanceof PathContainer.PathSegment segment ? segment.valueToMatch() : one.value())
                    .collect(Collectors.joining());
        } catch (IllegalArgumentException e) {
            // What is no escape leads to no controller either.
            return sent;
        }
    }

    /// Whether a program is asking, and not a browser that wants a page.
    static boolean isApi(HttpServletRequest request) {
        String path = path(request);
        return path.startsWith("/api/")
                || path.equals("/api")
                || OpenAiError.isFormOf(path)
                || path.startsWith("/health")
                || path.equals("/ws");
    }

    /// `https://host:port` as the client addressed us, without a default port: what a browser sends as `Origin`.
    public static String origin(HttpServletRequest request) {
        String scheme = request.getScheme().toLowerCase(Locale.ROOT);
        int port = request.getServerPort();
        boolean usual = port == (scheme.equals("https") ? 443 : 80);
        String host = request.getServerName().toLowerCase(Locale.ROOT);
        return usual ? scheme + "://" + host : scheme + "://" + host + ":" + port;
    }

    static String path(NativeWebRequest request) {
        HttpServletRequest servlet = request.getNativeRequest(HttpServletRequest.class);
        return servlet == null ? "" : path(servlet);
    }
}
