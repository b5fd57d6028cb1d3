package dev.parley.settings;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Supplier;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Keeps secrets in the database so that a copy of it does not give them away: AES-256-GCM under a key that is derived
/// from `SECRET_KEY`. Each is bound to its place, so that none can be moved to another row or column and opened there.
///
/// What it seals is, in Base64, `version (1) · id of the key (4) · nonce (12) · ciphertext and tag`. The id tells
/// a changed `SECRET_KEY` from a forged secret.
public final class SecretBox {
    private static final byte VERSION = 1;
    private static final int ID_BYTES = 4;
    private static final int NONCE_BYTES = 12;
    private static final int HEAD_BYTES = 1 + ID_BYTES + NONCE_BYTES;
    private static final int KEY_BYTES = 32;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Supplier<byte[]> secretKey;
    private volatile @Nullable Keys derived;

    /// What was to be opened was not sealed here, for this place, with this key.
    public static final class Sealed extends Exception {
        Sealed(String sentence) {
            super(sentence);
        }
    }

    private record Keys(SecretKey key, int id) {}

    /// @param secretKey asked for when it is first needed: it may have to be made
    SecretBox(Supplier<byte[]> secretKey) {
        this.secretKey = secretKey;
    }

    /// Derived more than once by those who are first at once, which gives the same.
    private Keys keys() {
        Keys known = derived;
        if (known == null) {
            known = derive(secretKey.get());
            derived = known;
        }
        return known;
    }

    /// @param place what it belongs to, as `second_factor/<owner>`: to be named again when it is opened
    public String seal(String place, byte[] secret) {
        Keys current = keys();
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, current, nonce, place).doFinal(secret);
            ByteBuffer whole = ByteBuffer.allocate(HEAD_BYTES + sealed.length)
                    .put(VERSION)
                    .putInt(current.id())
                    .put(nonce)
                    .put(sealed);
            return Base64.getEncoder().encodeToString(whole.array());
        } catch (GeneralSecurityException e) {
            throw unexpected(e);
        }
    }

    public byte[] open(String place, String text) throws Sealed {
        byte[] sealed = decoded(text);
        Keys current = keys();
        if (sealed.length < HEAD_BYTES || sealed[0] != VERSION) {
            throw new Sealed("This is no secret of this version.");
        }
        if (ByteBuffer.wrap(sealed).getInt(1) != current.id()) {
            throw new Sealed("This was sealed with another SECRET_KEY.");
        }
        byte[] nonce = Arrays.copyOfRange(sealed, 1 + ID_BYTES, HEAD_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, current, nonce, place)
                    .doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES);
        } catch (AEADBadTagException e) {
            throw new Sealed("This was changed, or belongs elsewhere.");
        } catch (GeneralSecurityException e) {
            throw unexpected(e);
        }
    }

    private static byte[] decoded(String text) throws Sealed {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new Sealed("This is no secret of this version.");
        }
    }

    private static Cipher cipher(int mode, Keys current, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, current.key(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(UTF_8));
        return cipher;
    }

    private static Keys derive(byte[] secretKey) {
        return new Keys(new SecretKeySpec(expand(secretKey, "parley secret box", KEY_BYTES), "AES"), idOf(secretKey));
    }

    /// By which a key is known; nothing of the key can be told from it.
    static int idOf(byte[] secretKey) {
        return ByteBuffer.wrap(expand(secretKey, "parley secret box id", ID_BYTES))
                .getInt();
    }

    private static byte[] expand(byte[] secretKey, String purpose, int bytes) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(secretKey)
                            .thenExpand(purpose.getBytes(US_ASCII), bytes));
        } catch (GeneralSecurityException e) {
            throw unexpected(e);
        }
    }

    private static IllegalStateException unexpected(GeneralSecurityException e) {
        return new IllegalStateException("Every Java platform has AES-GCM and HKDF.", e);
    }
}
