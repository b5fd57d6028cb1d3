package dev.parley.auth;

import dev.parley.shared.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/// 256 random bits that say nothing and open something: a refresh token, a challenge, a link to a new password.
/// Guessing is hopeless, so that a plain hash is enough to store them.
record OpaqueToken(String text) {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static OpaqueToken random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new OpaqueToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    byte[] hash() {
        return Sha256.of(text);
    }

    /// Never in a log.
    @Override
    public String toString() {
        return "OpaqueToken[…]";
    }
}
