package dev.parley.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a connection's schema holds, as PostgreSQL's own catalogue has it: so that a table is backed up from the day
/// that
/// it exists, and that of an older version as well.
final class Schema {
    private static final String OURS = """
            select exists (select from flyway_schema_history where version = '1' and script = 'V1__accounts.sql')
            """;

    private final Connection connection;

    Schema(Connection connection) {
        this.connection = connection;
    }

    /// @param columns those that can be written: generated ones are not
    record Table(String name, List<String> columns) {
        /// @param direction `to stdout` or `from stdin`
        String copy(Connection connection, String direction) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                List<String> quoted = new ArrayList<>();
                for (String column : columns) {
                    quoted.add(statement.enquoteIdentifier(column, true));
                }
                return "copy " + statement.enquoteIdentifier(name, true) + " (" + String.join(", ", quoted) + ") "
                        + direction;
            }
        }
    }

    /// Empty where no migration of ours was ever made: others make theirs with Flyway, too.
    Optional<String> version() throws SQLException {
        if (!exists("flyway_schema_history") || !"t".equals(one(OURS))) {
            return Optional.empty();
        }
        return Optional.ofNullable(one("""
                select version from flyway_schema_history
                 where success and version is not null
                 order by cast(version as integer) desc
                 limit 1
                """));
    }

    boolean exists(String table) throws SQLException {
        return "t"
                .equals(one("select to_regclass(quote_ident(current_schema()) || '.' || '" + table + "') is not null"));
    }

    /// Without what each database keeps for itself: Flyway's own, and who works with it just now.
    List<Table> tables() throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                        select c.relname, array_agg(cast(a.attname as text) order by a.attnum)
                          from pg_class c join pg_attribute a on a.attrelid = c.oid
                         where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
                           and c.relname not in ('flyway_schema_history', 'node')
                           and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                           and not exists (select from pg_depend d
                                            where d.classid = 'pg_class'::regclass and d.objid = c.oid
                                              and d.deptype = 'e')
                         group by c.relname
                         order by c.relname
                        """);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                tables.add(new Table(row.getString(1), Arrays.asList((String[])
                        row.getArray(2).getArray())));
            }
        }
        return tables;
    }

    /// Until the transaction ends nobody alters these tables; reading and writing go on.
    void lock(List<String> tables) throws SQLException {
        if (tables.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            List<String> quoted = new ArrayList<>();
            for (String table : tables) {
                quoted.add(statement.enquoteIdentifier(table, true));
            }
            statement.execute("lock table " + String.join(", ", quoted) + " in access share mode");
        }
    }

    List<Manifest.Sequence> sequences() throws SQLException {
        List<Manifest.Sequence> sequences = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                        select sequencename, last_value from pg_sequences
                         where schemaname = current_schema()
                         order by sequencename
                        """);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                sequences.add(new Manifest.Sequence(row.getString(1), row.getObject(2, Long.class)));
            }
        }
        return sequences;
    }

    /// The statements that a query writes.
    List<String> statements(String query) throws SQLException {
        List<String> statements = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                statements.add(row.getString(1));
            }
        }
        return statements;
    }

    /// The first column of the first row.
    @Nullable
    String one(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    void run(Iterable<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    void run(String... statements) throws SQLException {
        run(Arrays.asList(statements));
    }
}
