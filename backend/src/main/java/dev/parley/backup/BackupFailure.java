package dev.parley.backup;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;

/// Why there is no backup, or why one was not put back: a sentence for the operator.
public final class BackupFailure extends RuntimeException {
    BackupFailure(String sentence) {
        super(sentence);
    }

    BackupFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }

    static BackupFailure of(String what, IOException cause) {
        return new BackupFailure(what + ": " + reason(cause) + ".", cause);
    }

    static BackupFailure of(String what, SQLException cause) {
        String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return new BackupFailure(what + ": " + reason.replaceFirst("\\.$", "") + ".", cause);
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case FileSystemException failed when failed.getReason() != null -> failed.getReason();
            default -> String.valueOf(cause.getMessage());
        };
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
