package dev.parley.users;

import dev.parley.shared.Letters;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A name to be called by, unique without regard to case.
record Username(String text) {
    static final String RULE = "A username has 3 to 30 of the letters A to Z, digits, _ . and -.";

    private static final int SHORTEST = 3;
    private static final int LONGEST = 30;
    private static final int SUFFIX = 9;
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_.-]{" + SHORTEST + "," + LONGEST + "}");
    private static final Pattern FORBIDDEN = Pattern.compile("[^A-Za-z0-9_.-]+");

    static Optional<Username> parse(@Nullable String text) {
        return text != null && ALLOWED.matcher(text).matches() ? Optional.of(new Username(text)) : Optional.empty();
    }

    /// A name made from an address, for those who chose none.
    ///
    /// @param attempt 0 gives the plain one; from 1 on a number is added, from a range that grows with each
    static Username from(EmailAddress email, int attempt) {
        String letters = FORBIDDEN.matcher(email.localPart()).replaceAll("");
        String base = letters.length() < SHORTEST ? "user" + letters : letters;
        String kept = base.substring(0, Math.min(base.length(), LONGEST - SUFFIX));
        if (attempt == 0) {
            return new Username(kept);
        }
        int range = (int) Math.pow(10, Math.min(attempt + 1, SUFFIX - 1));
        return new Username(kept + "-" + ThreadLocalRandom.current().nextInt(2, range));
    }

    String key() {
        return Letters.lower(text);
    }
}
