package dev.parley.auth;

import dev.parley.shared.CommonError;
import dev.parley.shared.Letters;
import dev.parley.shared.ParleyException;
import dev.parley.web.Requests;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which pages may make a browser act for its user: ours, and those of configured origins. A browser says in `Origin`,
/// else in `Sec-Fetch-Site`, whose page it is, and no page can make it lie.
final class OriginRule {
    private final Set<String> configured;

    OriginRule(List<String> configured) {
        this.configured = configured.stream().map(OriginRule::canonical).collect(Collectors.toUnmodifiableSet());
    }

    boolean isConfigured(@Nullable String origin) {
        return origin != null && configured.contains(canonical(origin));
    }

    /// For requests that a cookie authenticates: the browser has to say that the page is a trusted one.
    boolean isTrusted(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null) {
            return isTrusted(origin, Requests.origin(request));
        }
        String site = request.getHeader("Sec-Fetch-Site");
        return "same-origin".equals(site) || "none".equals(site);
    }

    void requireTrusted(HttpServletRequest request) {
        if (!isTrusted(request)) {
            throw rejected();
        }
    }

    /// For requests that bring their own proof: a foreign page may not sign anybody in, a program need not say
    /// anything.
    void refuseForeign(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null && !isTrusted(origin, Requests.origin(request))) {
            throw rejected();
        }
    }

    /// The page that a device is to sign for: a trusted one.
    Passkeys.Site site(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        String own = Requests.origin(request);
        if (origin != null && !isTrusted(origin, own)) {
            throw rejected();
        }
        String page = origin == null ? own : canonical(origin);
        return new Passkeys.Site(page, String.valueOf(URI.create(page).getHost()));
    }

    private boolean isTrusted(String origin, String own) {
        return canonical(origin).equals(own) || isConfigured(origin);
    }

    static ParleyException rejected() {
        return new ParleyException(
                AuthError.CSRF_REJECTED,
                "This request did not come from a page of this server or of an origin in CORS_ALLOWED_ORIGINS.");
    }

    static ParleyException foreignSocket() {
        return new ParleyException(
                CommonError.UNAUTHENTICATED,
                "A cookie counts only for a page of this server or of an origin in CORS_ALLOWED_ORIGINS.");
    }

    private static String canonical(String origin) {
        String folded = Letters.lower(origin.strip()).replaceFirst("/$", "");
        if (folded.startsWith("https://")) {
            return folded.replaceFirst(":443$", "");
        }
        return folded.startsWith("http://") ? folded.replaceFirst(":80$", "") : folded;
    }
}
