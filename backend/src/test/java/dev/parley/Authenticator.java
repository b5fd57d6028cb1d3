package dev.parley;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A device that keeps one passkey, with the browser before it. What it signs is as the specification has it, or wrong
/// where the test says so.
public final class Authenticator {
    private static final JsonMapper JSON = new JsonMapper();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PRESENT = 0x01;
    private static final int VERIFIED = 0x04;
    private static final int ATTESTED = 0x40;

    private final String origin;
    private final KeyPair keys;
    private final byte[] id = new byte[32];
    private String handle = "";
    private int counter = 1;
    private boolean knowsItsOwner = true;

    public Authenticator(String origin) {
        this.origin = origin;
        RANDOM.nextBytes(id);
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// From now on it has signed so often.
    public void count(int signatures) {
        counter = signatures;
    }

    /// From now on it signs for whoever holds it.
    public void forgetItsOwner() {
        knowsItsOwner = false;
    }

    /// Answers what `POST /auth/passkeys/options` asks.
    public Map<String, Object> create(JsonNode asked, String name) {
        handle = asked.path("user_handle").asString();
        byte[] device = join(deviceData(asked, ATTESTED), new byte[16], shortOf(id.length), id, publicKey());
        byte[] attestation = join(
                HexFormat.of().parseHex("a363666d74646e6f6e656761747453746d74a068617574684461746159"),
                shortOf(device.length),
                device);
        return Map.of(
                "name", name,
                "client_data", text(clientData("webauthn.create", asked)),
                "attestation", text(attestation));
    }

    /// Answers what `POST /auth/login/passkey/options` asks.
    public Map<String, Object> get(JsonNode asked) {
        counter = counter == 0 ? 0 : counter + 1;
        byte[] device = deviceData(asked, 0);
        byte[] clientData = clientData("webauthn.get", asked);
        return Map.of(
                "id", text(id),
                "client_data", text(clientData),
                "authenticator_data", text(device),
                "signature", text(sign(join(device, sha256(clientData)))),
                "user_handle", handle);
    }

    private byte[] deviceData(JsonNode asked, int flags) {
        int seen = knowsItsOwner ? PRESENT | VERIFIED : PRESENT;
        return join(
                sha256(asked.path("rp_id").asString().getBytes(UTF_8)),
                new byte[] {(byte) (flags | seen)},
                ByteBuffer.allocate(Integer.BYTES).putInt(counter).array());
    }

    private byte[] clientData(String type, JsonNode asked) {
        return JSON.writeValueAsBytes(Map.of(
                "type", type, "challenge", asked.path("challenge").asString(), "origin", origin, "crossOrigin", false));
    }

    /// As COSE has it: a point on P-256, for ES256.
    private byte[] publicKey() {
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        return join(
                HexFormat.of().parseHex("a5010203262001215820"),
                coordinate(key.getW().getAffineX()),
                HexFormat.of().parseHex("225820"),
                coordinate(key.getW().getAffineY()));
    }

    private byte[] sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(bytes.length, fixed.length);
        System.arraycopy(bytes, bytes.length - length, fixed, fixed.length - length, length);
        return fixed;
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] shortOf(int number) {
        return new byte[] {(byte) (number >> 8), (byte) number};
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
