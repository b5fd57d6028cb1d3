package dev.parley.auth;

import dev.parley.users.User;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/// The tokens as a browser keeps them, out of reach for scripts. The refresh token travels to sign-in's calls only.
///
/// The access token's cookie outlives the token, so that the server can tell a browser that it has expired from one
/// that never signed in.
@Component
class TokenCookies {
    private static final String ACCESS = "parley_access";
    private static final String REFRESH = "parley_refresh";
    private static final String REFRESH_PATH = "/api/v1/auth";
    private static final String DEVICE = "parley_device";
    private static final String PROVIDER = "parley_provider";
    private static final String PASSKEY = "parley_passkey";
    private static final String PROVIDER_PATH = "/api/v1/auth/oidc";

    private final KnownDevices devices;
    private final boolean otherSites;
    private final Duration lifetime;

    TokenCookies(KnownDevices devices, AuthProperties properties) {
        this.devices = devices;
        this.otherSites = properties.cookieSameSite() == AuthProperties.CookieSameSite.NONE;
        this.lifetime = properties.refreshTokenLifetime();
    }

    static @Nullable String access(HttpServletRequest request) {
        return value(request, ACCESS);
    }

    static @Nullable OpaqueToken refresh(HttpServletRequest request) {
        String value = value(request, REFRESH);
        return value == null ? null : new OpaqueToken(value);
    }

    static @Nullable String device(HttpServletRequest request) {
        return value(request, DEVICE);
    }

    void set(HttpServletRequest request, HttpServletResponse response, SignIn.Entry entry) {
        add(request, response, entry.accessToken(), entry.refreshToken().text(), lifetime);
        Long epoch = entry.epoch();
        if (epoch != null) {
            User user = entry.user();
            String kept = devices.with(device(request), SignIn.accountOf(user), user.id(), epoch);
            know(request, response, kept, KnownDevices.AGE);
        }
    }

    void clear(HttpServletRequest request, HttpServletResponse response) {
        add(request, response, "", "", Duration.ZERO);
    }

    /// For whose account is gone.
    void clearAll(HttpServletRequest request, HttpServletResponse response) {
        clear(request, response);
        know(request, response, "", Duration.ZERO);
    }

    private void know(HttpServletRequest request, HttpServletResponse response, String device, Duration age) {
        response.addHeader(HttpHeaders.SET_COOKIE, cookie(request, DEVICE, device, REFRESH_PATH, "Strict", age));
    }

    /// What a sign-in that goes on at a provider is recognised by, in the browser where it began.
    void remember(HttpServletRequest request, HttpServletResponse response, String memory, Duration age) {
        response.addHeader(HttpHeaders.SET_COOKIE, cookie(request, PROVIDER, memory, PROVIDER_PATH, "Strict", age));
    }

    void forget(HttpServletRequest request, HttpServletResponse response) {
        remember(request, response, "", Duration.ZERO);
    }

    static @Nullable String remembered(HttpServletRequest request) {
        return value(request, PROVIDER);
    }

    /// What a device was asked is good in the browser where it was, and there once.
    ///
    /// @param binding null: for no longer
    void bindPasskey(
            HttpServletRequest request, HttpServletResponse response, @Nullable OpaqueToken binding, Duration age) {
        String value = binding == null ? "" : binding.text();
        Duration kept = binding == null ? Duration.ZERO : age;
        response.addHeader(HttpHeaders.SET_COOKIE, cookie(request, PASSKEY, value, REFRESH_PATH, "Strict", kept));
    }

    static @Nullable OpaqueToken passkeyBinding(HttpServletRequest request) {
        String value = value(request, PASSKEY);
        return value == null ? null : new OpaqueToken(value);
    }

    private void add(
            HttpServletRequest request, HttpServletResponse response, String access, String refresh, Duration age) {
        response.addHeader(HttpHeaders.SET_COOKIE, cookie(request, ACCESS, access, "/", "Lax", age));
        response.addHeader(HttpHeaders.SET_COOKIE, cookie(request, REFRESH, refresh, REFRESH_PATH, "Strict", age));
    }

    private String cookie(
            HttpServletRequest request, String name, String value, String path, String sameSite, Duration age) {
        return ResponseCookie.from(name, value)
                .httpOnly(true)
                // Browsers take a cookie for other sites only when it is secure.
                .secure(request.isSecure() || otherSites)
                .sameSite(otherSites ? "None" : sameSite)
                .path(path)
                .maxAge(age)
                .build()
                .toString();
    }

    private static @Nullable String value(HttpServletRequest request, String name) {
        Cookie cookie = WebUtils.getCookie(request, name);
        return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
    }
}
