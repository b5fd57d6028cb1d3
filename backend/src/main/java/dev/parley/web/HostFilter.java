package dev.parley.web;

import dev.parley.shared.CommonError;
import dev.parley.shared.ParleyException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses requests that are addressed to somebody else: a page that rebinds its name to our address gets nothing.
class HostFilter extends OncePerRequestFilter {
    private final List<String> allowed;
    private final ErrorWriter errors;

    HostFilter(List<String> allowed, ErrorWriter errors) {
        this.allowed =
                allowed.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!allows(allowed, request.getServerName().toLowerCase(Locale.ROOT))) {
            errors.write(
                    request,
                    response,
                    new ParleyException(CommonError.MALFORMED_REQUEST, "This server does not answer for that host."));
            return;
        }
        chain.doFilter(request, response);
    }

    /// @param host in small letters
    static boolean allows(List<String> allowed, String host) {
        return allowed.isEmpty()
                || allowed.stream()
                        .anyMatch(name -> name.equals("*")
                                || name.equals(host)
                                || (name.startsWith(".") && (host.endsWith(name) || host.equals(name.substring(1)))));
    }
}
