package dev.parley.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// A place in a database's work at which programs wait for as long as a test likes: so that they are killed where they
/// are certainly in the middle. It is closed until it is opened.
public final class Gate implements AutoCloseable {
    private static final long KEY = 20_111;
    private static final String WAIT = """
            create schema checks;
            create function checks.wait() returns %s language plpgsql as $$
            begin
                if %s then
                    perform pg_advisory_xact_lock(%d);
                end if;
                %s
            end
            $$;
            """;

    private final TestDatabase database;
    private final Connection holder;

    private Gate(TestDatabase database, String wait) throws SQLException {
        this.database = database;
        holder = database.unpooled().getConnection();
        try (Statement statement = holder.createStatement()) {
            statement.execute(wait);
            holder.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(" + KEY + ")");
        } catch (SQLException e) {
            holder.close();
            throw e;
        }
    }

    /// Before statements such as `CREATE INDEX`, where the condition holds.
    public static Gate before(String command, String condition, TestDatabase database) throws SQLException {
        return new Gate(
                database,
                WAIT.formatted("event_trigger", condition, KEY, "")
                        + "create event trigger wait on ddl_command_start when tag in ('" + command
                        + "') execute function checks.wait()");
    }

    /// Before rows come into a table, where the condition holds.
    public static Gate beforeRowsOf(String table, String condition, TestDatabase database) throws SQLException {
        return new Gate(
                database,
                WAIT.formatted("trigger", condition, KEY, "return null;") + "create trigger wait before insert on "
                        + table + " for each statement execute function checks.wait()");
    }

    /// Whether somebody waits at it.
    public boolean isReached() {
        return database.jdbc().sql("""
                        select exists (select from pg_locks l join pg_database d on d.oid = l.database
                                        where d.datname = current_database() and l.locktype = 'advisory'
                                          and l.objid = :key and not l.granted)
                        """).param("key", KEY).query(Boolean.class).single();
    }

    /// Lets everybody through from now on.
    public void open() throws SQLException {
        holder.rollback();
    }

    @Override
    public void close() throws SQLException {
        holder.close();
    }
}
