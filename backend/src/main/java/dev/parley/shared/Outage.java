package dev.parley.shared;

import java.sql.SQLException;
import java.sql.SQLTransientException;

/// Whether the database could not take part at the moment: what it refuses is something else, and stays refused.
public final class Outage {
    private Outage() {}

    /// A server that takes nothing at the moment: a standby that was the primary a moment ago, or one whose disk is
    /// nearly full.
    private static final String READ_ONLY = "25006";

    /// No connection or a lost one, a server that starts, stops or has no place left, a transaction that had to give
    /// way to another (SQLSTATE classes 08, 53, 57 and 40), or one that may only read.
    public static boolean isOne(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException) {
                return true;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                String state = sql.getSQLState();
                return state.startsWith("08")
                        || state.startsWith("53")
                        || state.startsWith("57")
                        || state.startsWith("40")
                        || state.equals(READ_ONLY);
            }
        }
        return false;
    }
}
