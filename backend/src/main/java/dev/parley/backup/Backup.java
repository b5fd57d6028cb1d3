package dev.parley.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.database.Database;
import dev.parley.settings.Secrets;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/// Writes all that the database holds at one moment into one file, while everybody goes on.
@Service
public class Backup {
    /// Of the whole server, and taken by nothing else of ours: not by a node that starts, which would have to wait for
    /// the end.
    static final long LOCK = 7_312_847;

    /// The server may be silent while it waits for another backup, and while somebody changes a table.
    private static final Duration LONGEST_SILENCE = Duration.ofHours(12);

    private final Database database;
    private final Secrets secrets;
    private final String version;

    Backup(Database database, Secrets secrets, @Value("${spring.application.version}") String version) {
        this.database = database;
        this.secrets = secrets;
        this.version = version;
    }

    /// @param bytes of the file
    public record Made(Manifest manifest, long bytes) {}

    /// The file has its name when all of it is on the disk, and not before.
    ///
    /// @param withSecrets whether it carries the keys by which tokens are signed and secrets are encrypted
    /// @param progress told now and then how many rows of a table are written
    /// @throws BackupFailure with one sentence
    public Made make(Path file, boolean withSecrets, LongConsumer progress) {
        try (Connection connection = database.connect("backup", LONGEST_SILENCE)) {
            Schema schema = new Schema(connection);
            Map<String, String> carried = withSecrets ? secrets() : Map.of();
            schema.run("select pg_advisory_lock(" + LOCK + ")");
            try (Draft draft = new Draft(file)) {
                begin(connection, schema);
                String schemaVersion = schema.version()
                        .orElseThrow(() -> new BackupFailure("The database holds nothing of Parley yet."));
                List<Manifest.Table> tables = tables(draft, connection, schema, progress);
                for (Map.Entry<String, String> secret : carried.entrySet()) {
                    draft.entry(
                            Archive.SECRETS + secret.getKey(),
                            out -> out.write(secret.getValue().getBytes(UTF_8)));
                }
                Manifest manifest = new Manifest(
                        Manifest.FORMAT,
                        version,
                        schemaVersion,
                        Instant.parse(String.valueOf(schema.one(
                                "select to_char(now() at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"))),
                        secrets.keyId().orElse(""),
                        List.copyOf(carried.keySet()),
                        tables,
                        schema.sequences());
                draft.entry(Archive.MANIFEST, manifest::write);
                return new Made(manifest, draft.finish());
            }
        } catch (SQLException e) {
            throw BackupFailure.of("The database could not be read", e);
        } catch (IOException e) {
            throw BackupFailure.of("The backup " + file + " could not be written", e);
        }
    }

    private Map<String, String> secrets() {
        Map<String, String> carried = secrets.carried();
        if (carried.isEmpty()) {
            throw new BackupFailure(
                    "This machine has no secrets of Parley: neither JWT_SECRET_KEY nor SECRET_KEY is set, "
                            + "and none are in its data directory. Make the backup where the server runs.");
        }
        return carried;
    }

    /// A migration that empties or rewrites a table is seen at once even by older snapshots. So no table can be
    /// changed any more when the snapshot is taken, which is by the first query after the locks.
    private static void begin(Connection connection, Schema schema) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        List<String> names = names(schema);
        while (true) {
            connection.setAutoCommit(false);
            prepare(schema);
            schema.lock(names);
            List<String> now = names(schema);
            if (now.equals(names)) {
                return;
            }
            connection.rollback();
            names = now;
        }
    }

    private static List<String> names(Schema schema) throws SQLException {
        return schema.tables().stream().map(Schema.Table::name).toList();
    }

    private static void prepare(Schema schema) throws SQLException {
        schema.run(
                // Values in the one form that reads back as it was, on any server.
                "set local datestyle = 'ISO, YMD'",
                "set local timezone = 'UTC'",
                "set local intervalstyle = 'postgres'",
                "set local bytea_output = 'hex'",
                // A scan that joins another's begins in the middle; ours keep the rows' order.
                "set local synchronize_seqscans = off",
                // An error is better than a backup of only those rows that this account may see.
                "set local row_security = off",
                "set local statement_timeout = 0",
                "set local lock_timeout = 0",
                "set local idle_in_transaction_session_timeout = 0");
    }

    private static List<Manifest.Table> tables(Draft draft, Connection connection, Schema schema, LongConsumer progress)
            throws SQLException, IOException {
        CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
        List<Manifest.Table> written = new ArrayList<>();
        for (Schema.Table table : schema.tables()) {
            RowStream seen = new RowStream(progress);
            String copy = table.copy(connection, "to stdout");
            draft.entry(Archive.TABLES + table.name(), out -> copies.copyOut(copy, new Watched(out, seen)));
            written.add(new Manifest.Table(table.name(), table.columns(), seen.rows(), seen.bytes(), seen.sha256Hex()));
        }
        return written;
    }

    /// Rows on their way into the file.
    private static final class Watched extends OutputStream {
        private final OutputStream out;
        private final RowStream seen;

        Watched(OutputStream out, RowStream seen) {
            this.out = out;
            this.seen = seen;
        }

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            seen.pass(buffer, offset, length);
            out.write(buffer, offset, length);
        }
    }
}
