package dev.parley.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The secrets of this instance. What the operator did not set is made once and kept in a file of its own, which only
/// its owner can read.
public final class Secrets {
    private static final Logger log = LoggerFactory.getLogger(Secrets.class);
    private static final int BYTES = 48;
    private static final int LEAST_JWT_KEY = 32;

    private static final String JWT_KEY = "jwt-key";
    private static final String SECRET_KEY = "secret-key";

    private final Path directory;
    private final String jwtKey;
    private final String secretKey;

    /// @param jwtKey `JWT_SECRET_KEY`, empty when it is not set
    /// @param secretKey `SECRET_KEY`, empty when it is not set
    public Secrets(Path dataDirectory, String jwtKey, String secretKey) {
        this.directory = dataDirectory.resolve("secrets");
        this.jwtKey = jwtKey;
        this.secretKey = secretKey;
        if (!jwtKey.isEmpty() && jwtKey.getBytes(UTF_8).length < LEAST_JWT_KEY) {
            log.warn(
                    "JWT_SECRET_KEY is shorter than {} bytes and can be guessed; leave it unset to have one made.",
                    LEAST_JWT_KEY);
        }
    }

    /// Signs access tokens; at least 32 bytes. A shorter one is filled up with zeros, as HMAC itself does with a key
    /// before it uses it, so that the signature is the one that the operator's key gives.
    public byte[] jwtKey() {
        byte[] key = (jwtKey.isEmpty() ? kept(JWT_KEY) : jwtKey).getBytes(UTF_8);
        return Arrays.copyOf(key, Math.max(key.length, LEAST_JWT_KEY));
    }

    /// Encrypts what is kept encrypted.
    public byte[] secretKey() {
        return (secretKey.isEmpty() ? kept(SECRET_KEY) : secretKey).getBytes(UTF_8);
    }

    /// Opens the embedded database to this instance alone.
    public String databasePassword() {
        return kept("database-password");
    }

    /// Tells which `SECRET_KEY` counts, and nothing else of it. Empty where none was set or needed yet.
    public Optional<String> keyId() {
        return known(SECRET_KEY, secretKey).map(Secrets::idOf);
    }

    /// What another instance needs to go on where this one is: its sign-ins, and what is kept encrypted. None is made
    /// for it: this process may be on a machine that has the database alone.
    public Map<String, String> carried() {
        Map<String, String> carried = new LinkedHashMap<>();
        known(JWT_KEY, jwtKey).ifPresent(key -> carried.put(JWT_KEY, key));
        known(SECRET_KEY, secretKey).ifPresent(key -> carried.put(SECRET_KEY, key));
        return carried;
    }

    private Optional<String> known(String name, String set) {
        boolean kept = set.isEmpty() && Files.exists(directory.resolve(name));
        return kept ? Optional.of(kept(name)) : Optional.of(set).filter(secret -> !secret.isEmpty());
    }

    /// Prepares to take over what another instance has [#carried]. What the operator has set counts all the same.
    ///
    /// @throws IOException when they cannot be written; nothing is changed then
    public Successors successors(Map<String, String> carried) throws IOException {
        Successors successors = new Successors();
        try {
            for (String name : List.of(JWT_KEY, SECRET_KEY)) {
                String secret = carried.get(name);
                if (secret != null) {
                    successors.drafts.put(name, draft(secret));
                }
            }
            return successors;
        } catch (IOException e) {
            successors.close();
            throw e;
        }
    }

    /// Secrets that are on the disk and do not count yet.
    public final class Successors implements AutoCloseable {
        private final Map<String, Path> drafts = new LinkedHashMap<>();

        private Successors() {}

        /// From here on they count. Those that did are kept beside them, as `secret-key.before-…`.
        public void take() throws IOException {
            for (Map.Entry<String, Path> each : drafts.entrySet()) {
                Path file = directory.resolve(each.getKey());
                if (Files.exists(file) && Files.mismatch(file, each.getValue()) >= 0) {
                    keep(file);
                }
                Files.move(each.getValue(), file, StandardCopyOption.ATOMIC_MOVE);
                syncDirectory();
            }
        }

        @Override
        public void close() throws IOException {
            for (Path draft : drafts.values()) {
                Files.deleteIfExists(draft);
            }
        }
    }

    /// Under a name that tells which secret it is, and nothing else of it.
    private void keep(Path file) throws IOException {
        String id = idOf(Files.readString(file, UTF_8).strip());
        Path before = file.resolveSibling(file.getFileName() + ".before-" + id);
        if (!Files.exists(before)) {
            Files.createLink(before, file);
        }
    }

    private static String idOf(String secret) {
        return HexFormat.of().toHexDigits(SecretBox.idOf(secret.getBytes(UTF_8)));
    }

    private String kept(String name) {
        Path file = directory.resolve(name);
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            return Files.readString(file, UTF_8).strip();
        } catch (IOException e) {
            throw new StartFailure("The secret " + file + " can neither be read nor made: " + e.getMessage() + ".", e);
        }
    }

    /// The name appears only when the content is on the disk, and is never given to a second content: whoever comes
    /// second reads what the first wrote.
    private void make(Path file) throws IOException {
        Path draft = draft(random());
        try {
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // Another process was faster, and its secret counts.
        } finally {
            Files.delete(draft);
        }
        syncDirectory();
    }

    private Path draft(String secret) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path draft = Files.createTempFile(
                directory,
                "new",
                null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(draft, WRITE)) {
            channel.write(ByteBuffer.wrap(secret.getBytes(UTF_8)));
            channel.force(true);
        }
        return draft;
    }

    private void syncDirectory() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
