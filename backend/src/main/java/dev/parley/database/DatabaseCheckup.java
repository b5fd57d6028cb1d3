package dev.parley.database;

import dev.parley.settings.Secrets;
import dev.parley.settings.StartFailure;
import dev.parley.shared.Checkup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Whether the database can be had, and does what is asked of it.
class DatabaseCheckup implements Checkup {
    private static final String ABOUT = "database";
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);
    private static final double LARGEST_DIFFERENCE_S = 2;

    private final DatabaseProperties properties;
    private final Secrets secrets;

    DatabaseCheckup(DatabaseProperties properties, Secrets secrets) {
        this.properties = new DatabaseProperties(
                properties.url(),
                properties.dataDirectory(),
                1,
                PATIENCE,
                PATIENCE,
                properties.serverOptions(),
                properties.rowSecurity(),
                true);
        this.secrets = secrets;
    }

    @Override
    public List<Finding> look() {
        Path database = properties.dataDirectory().resolve("database");
        if (properties.url().isEmpty() && !Files.exists(database)) {
            return List.of(
                    Finding.ok(ABOUT, "The embedded PostgreSQL is made in " + database + " by the first start."));
        }
        try (Database opened = Database.open(properties, secrets);
                Connection connection = opened.connect("doctor", LONGEST_ANSWER)) {
            return look(opened, connection);
        } catch (StartFailure e) {
            return List.of(Finding.broken(ABOUT, e.sentence() + advice()));
        } catch (SQLException e) {
            return List.of(Finding.broken(ABOUT, "The database failed: " + e.getMessage() + "." + advice()));
        }
    }

    private List<Finding> look(Database opened, Connection connection) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            long begin = System.nanoTime();
            String version = one(statement, "show server_version");
            double millis = (System.nanoTime() - begin) / 1e6;
            String schema = "t".equals(one(statement, "select to_regclass('flyway_schema_history') is not null"))
                    ? "its schema has version "
                            + one(statement, "select max(version::numeric) from flyway_schema_history where success")
                    : "it is empty, and the first start makes its tables";
            findings.add(Finding.ok(
                    ABOUT,
                    "%s PostgreSQL %s answers in %.1f ms; %s."
                            .formatted(properties.url().isEmpty() ? "The embedded" : "Your", version, millis, schema)));
            if (!"t".equals(one(statement, "select has_schema_privilege(current_schema(), 'create')"))) {
                findings.add(Finding.broken(
                        ABOUT,
                        "The account of DATABASE_URL may make no tables; let an administrator run: grant create on schema "
                                + "public to " + one(statement, "select quote_ident(current_user)") + ";"));
            }
            findings.add(properties.url().isEmpty() ? door(opened) : clock(statement));
        }
        return findings;
    }

    /// How to look into the embedded database.
    private Finding door(Database opened) {
        return opened.embedded()
                ? Finding.ok("psql", "Run this while Parley runs to see how to connect to the embedded database.")
                : Finding.ok(
                        "psql",
                        "PGPASSWORD=$(cat %s) psql -h 127.0.0.1 -p %s -U %s %s"
                                .formatted(
                                        properties.dataDirectory().resolve("secrets/database-password"),
                                        opened.port(),
                                        EmbeddedPostgres.ROLE,
                                        EmbeddedPostgres.DATABASE));
    }

    private static Finding clock(Statement statement) throws SQLException {
        double ahead = System.currentTimeMillis() / 1e3
                - Double.parseDouble(one(statement, "select extract(epoch from clock_timestamp())"));
        return Math.abs(ahead) > LARGEST_DIFFERENCE_S
                ? Finding.broken(
                        "clock",
                        "The clock of this machine is %.0f s %s that of the database; let a time service set both."
                                .formatted(Math.abs(ahead), ahead > 0 ? "ahead of" : "behind"))
                : Finding.ok("clock", "The clock agrees with that of the database.");
    }

    private String advice() {
        return properties.url().isEmpty()
                ? " What PostgreSQL said is in " + properties.dataDirectory().resolve("postgres.log") + "."
                : " Check host, port, name, user and password in DATABASE_URL, and whether that server runs.";
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }
}
