package dev.parley.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.settings.Secrets;
import java.nio.ByteBuffer;
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

    private record Kept(byte[] id, List<byte[]> accounts) {}

    /// @param kept what the browser sent
    /// @return what names the device, if the account was signed in to on it; else null
    @Nullable
    String idOf(@Nullable String kept, String account) {
        Kept read = read(kept);
        byte[] digest = digestOf(account);
        return read != null && read.accounts().stream().anyMatch(one -> MessageDigest.isEqual(one, digest))
                ? HexFormat.of().formatHex(read.id())
                : null;
    }

    /// What the browser is to keep from now on.
    String with(@Nullable String kept, String account) {
        Kept read = read(kept);
        byte[] digest = digestOf(account);
        List<byte[]> accounts = new ArrayList<>(List.of(digest));
        if (read != null) {
            read.accounts().stream()
                    .filter(one -> !Arrays.equals(one, digest))
                    .limit(MOST_ACCOUNTS - 1)
                    .forEach(accounts::add);
        }
        ByteBuffer head = ByteBuffer.allocate(ID_BYTES + accounts.size() * DIGEST_BYTES);
        head.put(read == null ? newId() : read.id());
        accounts.forEach(head::put);
        byte[] signature = mac("device", head.array(), SIGNATURE_BYTES);
        ByteBuffer whole = ByteBuffer.allocate(head.capacity() + SIGNATURE_BYTES);
        whole.put(head.array()).put(signature);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole.array());
    }

    private @Nullable Kept read(@Nullable String kept) {
        byte[] whole = decoded(kept);
        int signed = whole.length - SIGNATURE_BYTES;
        int digests = signed - ID_BYTES;
        if (digests < DIGEST_BYTES || digests > MOST_ACCOUNTS * DIGEST_BYTES || digests % DIGEST_BYTES != 0) {
            return null;
        }
        byte[] signature = Arrays.copyOfRange(whole, signed, whole.length);
        if (!MessageDigest.isEqual(signature, mac("device", Arrays.copyOf(whole, signed), SIGNATURE_BYTES))) {
            return null;
        }
        List<byte[]> accounts = new ArrayList<>();
        for (int at = ID_BYTES; at < signed; at += DIGEST_BYTES) {
            accounts.add(Arrays.copyOfRange(whole, at, at + DIGEST_BYTES));
        }
        return new Kept(Arrays.copyOf(whole, ID_BYTES), accounts);
    }

    private static byte[] decoded(@Nullable String kept) {
        try {
            return Base64.getUrlDecoder().decode(kept == null ? "" : kept);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private byte[] newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return id;
    }

    private byte[] digestOf(String account) {
        return mac("account", account.getBytes(UTF_8), DIGEST_BYTES);
    }

    private byte[] mac(String purpose, byte[] bytes, int length) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(purpose.getBytes(UTF_8));
            mac.update((byte) 0);
            return Arrays.copyOf(mac.doFinal(bytes), length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC with SHA-256.", e);
        }
    }
}
