package dev.parley.auth;

import dev.parley.shared.FieldErrors;
import org.jspecify.annotations.Nullable;

/// What a new password has to be.
final class PasswordRules {
    private static final int SHORTEST = 8;
    private static final int LONGEST = 128;

    private PasswordRules() {}

    /// @param field what the request calls it
    static void check(String field, @Nullable String password, @Nullable String email, FieldErrors errors) {
        if (password == null || password.isEmpty()) {
            errors.add(field, "Enter a password.");
            return;
        }
        if (password.codePointCount(0, password.length()) < SHORTEST || isTooLong(password)) {
            errors.add(field, "A password has " + SHORTEST + " to " + LONGEST + " characters.");
        } else if (email != null && password.strip().equalsIgnoreCase(email.strip())) {
            errors.add(field, "Your email is the first password that others would try.");
        } else if (CommonPasswords.contains(password)) {
            errors.add(field, "This password is among those that others would try first.");
        }
    }

    /// Nobody has such a one.
    static boolean isTooLong(String password) {
        return password.codePointCount(0, password.length()) > LONGEST;
    }
}
