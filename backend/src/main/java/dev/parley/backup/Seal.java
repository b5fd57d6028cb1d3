package dev.parley.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.HexFormat;

/// The last 64 bytes of a backup, which a ZIP file has for a comment: the SHA-256 of all before them. By it any byte
/// that
/// is not what it was, missing or too many is noticed before a table is touched.
final class Seal {
    static final int LENGTH = 64;
    /// In its place until the rest is written.
    static final String OPEN = "0".repeat(LENGTH);

    private static final int BUFFER = 1 << 20;

    private Seal() {}

    static void set(FileChannel file) throws IOException {
        long end = file.size() - LENGTH;
        ByteBuffer seal = ByteBuffer.wrap(of(file, end).getBytes(US_ASCII));
        while (seal.hasRemaining()) {
            file.write(seal, end + seal.position());
        }
    }

    static boolean isWhole(FileChannel file) throws IOException {
        long end = file.size() - LENGTH;
        if (end < 0) {
            return false;
        }
        ByteBuffer seal = ByteBuffer.allocate(LENGTH);
        while (seal.hasRemaining() && file.read(seal, end + seal.position()) >= 0) {
            // goes on until all is there
        }
        return new String(seal.array(), US_ASCII).equals(of(file, end));
    }

    private static String of(FileChannel file, long end) throws IOException {
        MessageDigest digest = RowStream.sha256();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (long position = 0; position < end; ) {
            buffer.clear().limit((int) Math.min(BUFFER, end - position));
            int read = file.read(buffer, position);
            if (read < 0) {
                throw new IOException("it became shorter while it was read");
            }
            digest.update(buffer.flip());
            position += read;
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
