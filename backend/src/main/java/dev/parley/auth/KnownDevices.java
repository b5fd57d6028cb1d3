package dev.parley.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.settings.Secrets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Browsers that somebody has signed in on, by what they keep when that ends. It opens nothing: it says that whoever
/// brings a password is not the first best.
///
/// What is kept is, in Base64, `id (16) · a digest of each account, the latest first (12 each) · signature (16)`. The
/// digests are keyed, so that no email can be tried on them.
@Component
class KnownDevices {
    /// A family's computer.
    static final int MOST_ACCOUNTS = 4;

    private static final HexFormat HEX = HexFormat.of();
    private static final String ALGORITHM = "HmacSHA256";
    private static final int ID_BYTES = 16;
    private static final int DIGEST_BYTES = 12;
    private static final int SIGNATURE_BYTES = 16;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /// With the key of the access tokens, which all nodes have. None of them begins as what is signed here does.
    KnownDevices(Secrets secrets) {
        key = new SecretKeySpec(secrets.jwtKey(), ALGORITHM);
    }

    /// In hexadecimal.
    private record Kept(String id, List<String> accounts) {}

    /// @param kept what the browser sent
    /// @return what names the device, if the account was signed in to on it; else null
    @Nullable
    String idOf(@Nullable String kept, String account) {
        Kept read = read(kept);
        return read != null && read.accounts().contains(digestOf(account)) ? read.id() : null;
    }

    /// What the browser is to keep from now on.
    String with(@Nullable String kept, String account) {
        Kept read = read(kept);
        String digest = digestOf(account);
        List<String> parts = new ArrayList<>(List.of(read == null ? newId() : read.id(), digest));
        if (read != null) {
            read.accounts().stream()
                    .filter(one -> !one.equals(digest))
                    .limit(MOST_ACCOUNTS - 1)
                    .forEach(parts::add);
        }
        String head = String.join("", parts);
        byte[] whole = HEX.parseHex(head + mac("device", HEX.parseHex(head), SIGNATURE_BYTES));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    private @Nullable Kept read(@Nullable String kept) {
        byte[] whole = decoded(kept);
        int signed = whole.length - SIGNATURE_BYTES;
        int digests = signed - ID_BYTES;
        if (digests < DIGEST_BYTES || digests > MOST_ACCOUNTS * DIGEST_BYTES || digests % DIGEST_BYTES != 0) {
            return null;
        }
        byte[] signature = Arrays.copyOfRange(whole, signed, whole.length);
        byte[] expected = HEX.parseHex(mac("device", Arrays.copyOf(whole, signed), SIGNATURE_BYTES));
        if (!MessageDigest.isEqual(signature, expected)) {
            return null;
        }
        List<String> accounts = new ArrayList<>();
        for (int at = ID_BYTES; at < signed; at += DIGEST_BYTES) {
            accounts.add(HEX.formatHex(whole, at, at + DIGEST_BYTES));
        }
        return new Kept(HEX.formatHex(whole, 0, ID_BYTES), accounts);
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
