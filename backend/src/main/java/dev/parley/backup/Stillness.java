package dev.parley.backup;

import java.sql.SQLException;

/// That nobody works with a database which is replaced or carried away: no server, be it one that works in the
/// background alone, and no command.
final class Stillness {
    static final String TABLE = "node";

    private static final String SOMEBODY =
            "select exists (select from node where not dead and alive_until > clock_timestamp())";

    private Stillness() {}

    /// Until the transaction ends nobody begins to work with it either: whoever does writes into that table first.
    ///
    /// @throws BackupFailure when somebody does
    static void require(Schema schema) throws SQLException {
        if (!schema.exists(TABLE)) {
            return;
        }
        schema.run("set local lock_timeout = '10s'", "lock table " + TABLE + " in exclusive mode");
        if ("t".equals(schema.one(SOMEBODY))) {
            throw new BackupFailure(
                    "Parley works with this database: stop each of its servers first, also those that "
                            + "work in the background, and let commands end. What was killed counts as running for some seconds.");
        }
    }
}
