package dev.parley.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/// Looks at the rows of a table as they pass, each a line of its own: their number, their bytes, their digest.
final class RowStream {
    private static final long BETWEEN_REPORTS = 500_000;

    private final MessageDigest digest = sha256();
    private final LongConsumer progress;
    private long rows;
    private long bytes;
    private long nextReport = BETWEEN_REPORTS;

    /// @param progress told now and then how many rows have passed
    RowStream(LongConsumer progress) {
        this.progress = progress;
    }

    void pass(byte[] buffer, int offset, int length) {
        digest.update(buffer, offset, length);
        bytes += length;
        for (int i = offset; i < offset + length; i++) {
            // A line break within a value is written as \n.
            if (buffer[i] == '\n') {
                rows++;
            }
        }
        if (rows >= nextReport) {
            progress.accept(rows);
            nextReport = rows + BETWEEN_REPORTS;
        }
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    /// Once, at the end.
    String sha256Hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    boolean is(Manifest.Table table) {
        return rows == table.rows() && bytes == table.bytes() && sha256Hex().equals(table.sha256());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
