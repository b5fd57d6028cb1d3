package dev.parley.backup;

import dev.parley.database.Database;
import dev.parley.database.OtherDatabase;
import dev.parley.settings.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/// Carries everything from the database that is set to another one: a backup and its restore, between which nobody
/// writes a word. What was here stays here.
@Service
public class Move {
    /// Of the connection that keeps others away meanwhile.
    private static final Duration LONGEST_SILENCE = Duration.ofHours(12);

    private final Database here;
    private final OtherDatabase others;
    private final Backup backup;
    private final Secrets secrets;
    private final Path directory;

    Move(
            Database here,
            OtherDatabase others,
            Backup backup,
            Secrets secrets,
            @Value("${parley.database.data-directory}") Path directory) {
        this.here = here;
        this.others = others;
        this.backup = backup;
        this.secrets = secrets;
        this.directory = directory;
    }

    /// @param place where everything is now
    public record Moved(Manifest manifest, String place) {}

    /// @param url as `DATABASE_URL` would have it; empty: the embedded database
    /// @param force whether what that database holds may be replaced
    /// @param progress told now and then how many rows of a table are read, and loaded
    /// @throws BackupFailure with one sentence; both databases are as they were
    public Moved to(String url, boolean force, LongConsumer progress) {
        try (Database there = others.open(url);
                Connection watch = here.connect("move", LONGEST_SILENCE)) {
            watch.setAutoCommit(false);
            Schema schema = new Schema(watch);
            schema.run("set local idle_in_transaction_session_timeout = 0");
            Stillness.require(schema);
            return new Moved(carry(there, force, progress), others.place(url));
        } catch (SQLException e) {
            throw BackupFailure.of("The database could not be read", e);
        }
    }

    private Manifest carry(Database there, boolean force, LongConsumer progress) {
        Path file = directory.resolve("move.zip");
        try {
            Files.createDirectories(directory);
            try {
                backup.make(file, false, progress);
                return new Restore(there, secrets).put(file, force, progress).manifest();
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw BackupFailure.of("The file " + file + ", which is needed on the way, cannot be used", e);
        }
    }
}
