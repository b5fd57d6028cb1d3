package dev.parley.auth;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// From where somebody signs in, as they are shown it later.
///
/// @param kept what it was given to keep when somebody signed in on it ([KnownDevices]); null: nothing
record Device(String ip, String userAgent, @Nullable String kept) {
    private static final int LONGEST_IP = 64;
    private static final int LONGEST_USER_AGENT = 300;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cs}]+");

    Device {
        ip = clean(ip, LONGEST_IP);
        userAgent = clean(userAgent, LONGEST_USER_AGENT);
    }

    Device(String ip, String userAgent) {
        this(ip, userAgent, null);
    }

    static Device of(HttpServletRequest request) {
        String userAgent = request.getHeader("User-Agent");
        return new Device(request.getRemoteAddr(), userAgent == null ? "" : userAgent, TokenCookies.device(request));
    }

    private static String clean(String text, int longest) {
        String printable = UNPRINTABLE.matcher(text).replaceAll(" ").strip();
        return printable.substring(0, Math.min(printable.length(), longest));
    }
}
