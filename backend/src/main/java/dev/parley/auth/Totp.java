package dev.parley.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Codes of the time of day (RFC 6238) as every authenticator app makes them: six digits by HMAC-SHA-1, each for a
/// step of 30 seconds.
final class Totp {
    static final int STEP_SECONDS = 30;

    private static final int SECRET_BYTES = 20;
    private static final int DIGITS = 6;
    private static final int MODULUS = 1_000_000;
    /// Clocks differ, and people type slowly: the step before and the one after count too.
    private static final int WINDOW = 1;

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS_PER_LETTER = 5;
    private static final int LOWEST_BITS = 0b11111;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Totp() {}

    static byte[] newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }

    static boolean isCode(String text) {
        return text.length() == DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// The step whose code this is, later than the last one that was used; a code is good for one time.
    static OptionalLong stepOf(String code, byte[] secret, Instant now, long lastUsed) {
        long current = now.getEpochSecond() / STEP_SECONDS;
        OptionalLong found = OptionalLong.empty();
        for (long step = current - WINDOW; step <= current + WINDOW; step++) {
            boolean same = MessageDigest.isEqual(code(secret, step).getBytes(US_ASCII), code.getBytes(UTF_8));
            if (same && step > lastUsed) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    static String code(byte[] secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
            return String.format(Locale.ROOT, "%0" + DIGITS + "d", number % MODULUS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA1.", e);
        }
    }

    /// As people type it into an app that cannot see.
    static String base32(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte one : bytes) {
            buffer = (buffer << Byte.SIZE) | (one & 0xff);
            bits += Byte.SIZE;
            while (bits >= BITS_PER_LETTER) {
                bits -= BITS_PER_LETTER;
                text.append(ALPHABET.charAt((buffer >> bits) & LOWEST_BITS));
            }
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt((buffer << (BITS_PER_LETTER - bits)) & LOWEST_BITS));
        }
        return text.toString();
    }

    /// What an app reads from the picture.
    ///
    /// @param issuer which server it is for
    static String uri(String issuer, String account, byte[] secret) {
        String label = encoded(issuer) + ":" + encoded(account);
        return "otpauth://totp/%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d"
                .formatted(label, base32(secret), encoded(issuer), DIGITS, STEP_SECONDS);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
