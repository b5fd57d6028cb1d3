package dev.parley.auth;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where to go after signing in: a path of this site, or the chats. What a browser could take for another site's
/// address
/// is none.
final class ReturnPath {
    private static final String USUAL = "/chat";
    private static final int LONGEST = 500;
    private static final Pattern PATH = Pattern.compile("/(?![/\\\\])[\\x21-\\x5b\\x5d-\\x7e]*");

    private ReturnPath() {}

    static String of(@Nullable String wished) {
        if (wished == null || wished.length() > LONGEST || !PATH.matcher(wished).matches()) {
            return USUAL;
        }
        try {
            URI path = URI.create(wished);
            return path.getScheme() == null && path.getRawAuthority() == null ? wished : USUAL;
        } catch (IllegalArgumentException e) {
            return USUAL;
        }
    }
}
