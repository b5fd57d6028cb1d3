package dev.parley.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.util.matcher.IpAddressMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/// Behind a proxy that we trust, a request is what the proxy says it was: scheme, host and the client's address.
///
/// Of `X-Forwarded-For` the last address that is not a trusted proxy counts: what stands before it anyone can write.
class ForwardedFilter extends OncePerRequestFilter {
    private final List<IpAddressMatcher> trusted;

    ForwardedFilter(List<String> trusted) {
        this.trusted = trusted.stream().map(IpAddressMatcher::new).toList();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (trusts(request.getRemoteAddr())) {
            Requests.sentOn(request);
            chain.doFilter(new Forwarded(request), response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean trusts(String address) {
        return trusted.stream().anyMatch(matcher -> matches(matcher, address));
    }

    private static boolean matches(IpAddressMatcher matcher, String address) {
        try {
            return matcher.matches(address);
        } catch (IllegalArgumentException e) {
            return false; // not an address: certainly not a trusted one
        }
    }

    private final class Forwarded extends HttpServletRequestWrapper {
        private final @Nullable String scheme;
        private final @Nullable String host;
        private final String client;

        Forwarded(HttpServletRequest request) {
            super(request);
            scheme = last(request.getHeader("X-Forwarded-Proto"));
            host = last(request.getHeader("X-Forwarded-Host"));
            client = client(request);
        }

        private String client(HttpServletRequest request) {
            String chain = request.getHeader("X-Forwarded-For");
            String nearest = request.getRemoteAddr();
            if (chain == null) {
                return nearest;
            }
            List<String> hops = List.of(chain.split(",", -1));
            for (String hop : hops.reversed()) {
                nearest = hop.strip();
                if (!trusts(nearest)) {
                    break;
                }
            }
            return nearest;
        }

        @Override
        public String getRemoteAddr() {
            return client;
        }

        @Override
        public String getScheme() {
            return scheme == null ? super.getScheme() : scheme;
        }

        @Override
        public boolean isSecure() {
            return getScheme().equals("https");
        }

        @Override
        public String getServerName() {
            if (host == null) {
                return super.getServerName();
            }
            int port = portAt(host);
            return port < 0 ? host : host.substring(0, port);
        }

        @Override
        public int getServerPort() {
            if (host != null && portAt(host) >= 0) {
                String digits = host.substring(portAt(host) + 1);
                return digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 0;
            }
            if (host != null || scheme != null) {
                return isSecure() ? 443 : 80;
            }
            return super.getServerPort();
        }

        private static int portAt(String host) {
            int colon = host.lastIndexOf(':');
            return colon > host.lastIndexOf(']') ? colon : -1;
        }

        private static @Nullable String last(@Nullable String list) {
            return list == null
                    ? null
                    : list.substring(list.lastIndexOf(',') + 1).strip();
        }
    }
}
