package dev.parley.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.settings.Secrets;
import dev.parley.shared.UserId;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Browsers that somebody has signed in on, by what they keep when that ends. It opens nothing: it says that whoever
/// brings a password is not the first best.
///
/// What is kept is, in Base64, `id (16) · for each account, the latest first, a digest of its name (12), a
/// stamp (8) and when it was signed in to (4) · signature (16)`. The digests are keyed, so that no email can be
/// tried on them. The stamp is of the account's epoch: all that was kept before is void when that rises.
@Component
class KnownDevices {
    /// A family's computer.
    static final int MOST_ACCOUNTS = 4;

    /// As long as browsers keep anything.
    static final Duration AGE = Duration.ofDays(400);

    private static final HexFormat HEX = HexFormat.of();
    private static final String ALGORITHM = "HmacSHA256";
    private static final int ID_BYTES = 16;
    private static final int DIGEST_BYTES = 12;
    private static final int STAMP_BYTES = 8;
    private static final int ACCOUNT_BYTES = DIGEST_BYTES + STAMP_BYTES + Integer.BYTES;
    private static final int SIGNATURE_BYTES = 16;

    private final SecretKeySpec key;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /// With the key of the access tokens, which all nodes have. None of them begins as what is signed here does.
    KnownDevices(Secrets secrets, Clock clock) {
        this.clock = clock;
        key = new SecretKeySpec(secrets.jwtKey(), ALGORITHM);
    }

    /// In hexadecimal.
    private record Kept(String id, List<Known> accounts) {
        Optional<Known> find(String digest) {
            return accounts.stream()
                    .filter(known -> known.digest().equals(digest))
                    .findAny();
        }
    }

    private record Known(String digest, String stamp, String at) {
        String text() {
            return digest + stamp + at;
        }
    }

    /// @param kept what the browser sent
    /// @return what names the device, if the account was signed in to on it, though that may be void by now
    ///     ([#isOf]); else null
    @Nullable
    String idOf(@Nullable String kept, String account) {
        Kept read = read(kept);
        return read == null || read.find(digestOf(account)).isEmpty() ? null : read.id();
    }

    /// Whether it was given in this epoch of this account.
    boolean isOf(@Nullable String kept, String account, UserId owner, long epoch) {
        Kept read = read(kept);
        return read != null
                && read.find(digestOf(account))
                        .filter(known -> known.stamp().equals(stampOf(owner, epoch)))
                        .isPresent();
    }

    /// What the browser is to keep from now on, somebody having signed in on it.
    String with(@Nullable String kept, String account, UserId owner, long epoch) {
        Kept read = read(kept);
        String digest = digestOf(account);
        String now = HEX.toHexDigits((int) clock.instant().getEpochSecond());
        List<String> parts = new ArrayList<>();
        parts.add(read == null ? newId() : read.id());
        parts.add(new Known(digest, stampOf(owner, epoch), now).text());
        if (read != null) {
            read.accounts().stream()
                    .filter(known -> !known.digest().equals(digest))
                    .limit(MOST_ACCOUNTS - 1)
                    .map(Known::text)
                    .forEach(parts::add);
        }
        String head = String.join("", parts);
        byte[] whole = HEX.parseHex(head + mac("known device", HEX.parseHex(head), SIGNATURE_BYTES));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    private @Nullable Kept read(@Nullable String kept) {
        byte[] whole = decoded(kept);
        int signed = whole.length - SIGNATURE_BYTES;
        int accounts = signed - ID_BYTES;
        if (accounts < ACCOUNT_BYTES || accounts > MOST_ACCOUNTS * ACCOUNT_BYTES || accounts % ACCOUNT_BYTES != 0) {
            return null;
        }
        byte[] signature = Arrays.copyOfRange(whole, signed, whole.length);
        byte[] expected = HEX.parseHex(mac("known device", Arrays.copyOf(whole, signed), SIGNATURE_BYTES));
        if (!MessageDigest.isEqual(signature, expected)) {
            return null;
        }
        List<Known> known = new ArrayList<>();
        for (int at = ID_BYTES; at < signed; at += ACCOUNT_BYTES) {
            int stamp = at + DIGEST_BYTES;
            int time = stamp + STAMP_BYTES;
            if (isRecent(ByteBuffer.wrap(whole).getInt(time))) {
                known.add(new Known(
                        HEX.formatHex(whole, at, stamp),
                        HEX.formatHex(whole, stamp, time),
                        HEX.formatHex(whole, time, time + Integer.BYTES)));
            }
        }
        return new Kept(HEX.formatHex(whole, 0, ID_BYTES), known);
    }

    private boolean isRecent(int second) {
        Instant given = Instant.ofEpochSecond(Integer.toUnsignedLong(second));
        return given.isAfter(clock.instant().minus(AGE));
    }

    private static byte[] decoded(@Nullable String kept) {
        try {
            return Base64.getUrlDecoder().decode(kept == null ? "" : kept);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return HEX.formatHex(id);
    }

    private String digestOf(String account) {
        return mac("account", account.getBytes(UTF_8), DIGEST_BYTES);
    }

    private String stampOf(UserId owner, long epoch) {
        return mac("epoch", (owner + " " + epoch).getBytes(UTF_8), STAMP_BYTES);
    }

    private String mac(String purpose, byte[] bytes, int length) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(purpose.getBytes(UTF_8));
            mac.update((byte) 0);
            return HEX.formatHex(mac.doFinal(bytes), 0, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC with SHA-256.", e);
        }
    }
}
