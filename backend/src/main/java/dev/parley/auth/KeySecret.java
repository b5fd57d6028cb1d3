package dev.parley.auth;

import dev.parley.shared.Sha256;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/// The text of an API key: `parley_` and 256 random bits in digits and small letters, which a double click selects
/// whole.
record KeySecret(String text) {
    private static final String MARK = "parley_";
    private static final int BITS = 256;
    private static final int RADIX = 36;
    private static final int DIGITS = 50;
    private static final int SHOWN = 6;
    private static final Pattern SHAPE = Pattern.compile(MARK + "[0-9a-z]{" + DIGITS + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    static KeySecret random() {
        String digits = new BigInteger(BITS, RANDOM).toString(RADIX);
        return new KeySecret(MARK + "0".repeat(DIGITS - digits.length()) + digits);
    }

    /// Whether a credential means to be a key. Access tokens begin otherwise.
    static boolean isMeant(String credential) {
        return credential.startsWith(MARK);
    }

    /// What has another shape was never given to anybody, and need not be looked up.
    boolean isPossible() {
        return SHAPE.matcher(text).matches();
    }

    String prefix() {
        return text.substring(0, MARK.length() + SHOWN);
    }

    byte[] hash() {
        return Sha256.of(text);
    }

    /// Never in a log.
    @Override
    public String toString() {
        return "KeySecret[…]";
    }
}
