package dev.parley.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/// What a browser may do with our answers. Nothing of the API is kept in a cache; what is read from it, and files
/// of the web app, say otherwise for themselves.
class SecurityHeadersFilter extends OncePerRequestFilter {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|.+\\.localhost|127(\\.\\d+){3}|\\[::1]|::1");

    private final String pagePolicy;

    SecurityHeadersFilter(WebApp webApp) {
        String scripts = String.join(" ", webApp.scriptHashes());
        // Radix's scroll lock and the diagrams write style elements; a style can leak little where nothing else loads.
        pagePolicy = "default-src 'self'; script-src 'self' " + scripts + "; style-src 'self' 'unsafe-inline'; "
                + "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; object-src 'none'; "
                + "base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "same-origin");
        if (request.isSecure() || LOOPBACK.matcher(request.getServerName()).matches()) {
            // Elsewhere browsers ignore it, and say so as an error on every page.
            response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        }
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), payment=(), usb=(), microphone=(self)");
        response.setHeader("Content-Security-Policy", pagePolicy);
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        if (Requests.isApi(request)) {
            response.setHeader("Cache-Control", "no-store");
        }
        chain.doFilter(request, response);
    }
}
