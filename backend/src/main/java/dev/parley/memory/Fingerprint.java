package dev.parley.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// A content without case, accents and punctuation, as a number: what differs in these alone says the same.
final class Fingerprint {
    private Fingerprint() {}

    static byte[] of(String content) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(String.join(" ", Terms.words(content)).getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
