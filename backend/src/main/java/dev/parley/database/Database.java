package dev.parley.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.parley.settings.Secrets;
import dev.parley.settings.StartFailure;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// The PostgreSQL that this instance works with. Requests share the pool, which is the application's [DataSource];
/// what must never wait behind them gets its own connection here.
public final class Database implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Database.class);
    private static final int OLDEST_MAJOR = 15;
    /// No statement of a request takes longer; a server that has vanished without a word is noticed by it.
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);
    /// To make an index of all messages is one statement.
    private static final Duration LONGEST_MIGRATION = Duration.ofHours(12);

    private final DatabaseAddress address;
    private final @Nullable EmbeddedPostgres embedded;

    private Database(DatabaseAddress address, @Nullable EmbeddedPostgres embedded) {
        this.address = address;
        this.embedded = embedded;
    }

    static Database open(DatabaseProperties properties, Secrets secrets) {
        return properties.url().isEmpty() ? carried(properties, secrets) : external(properties);
    }

    private static Database carried(DatabaseProperties properties, Secrets secrets) {
        PostgresBinaries binaries = PostgresBinaries.unpackedIn(properties.dataDirectory());
        String password = secrets.databasePassword();
        Optional<EmbeddedPostgres> server =
                EmbeddedPostgres.start(properties.dataDirectory(), binaries, password, properties.serverOptions());
        if (server.isPresent()) {
            return new Database(local(server.get().port(), EmbeddedPostgres.DATABASE, password), server.get());
        }
        Optional<Postmaster> running =
                properties.join() ? EmbeddedPostgres.runningIn(properties.dataDirectory()) : Optional.empty();
        return running.map(other -> new Database(local(other.port(), EmbeddedPostgres.DATABASE, password), null))
                .orElseThrow(() -> new StartFailure("Another Parley already runs on the data directory "
                        + properties.dataDirectory().toAbsolutePath().normalize()
                        + "; stop it, or set PARLEY_DATA_DIR to another one."));
    }

    static DatabaseAddress local(int port, String database, String password) {
        // The password never crosses a wire, so encryption would only cost time.
        return new DatabaseAddress(
                "127.0.0.1:" + port, database, EmbeddedPostgres.ROLE, password, Map.of("sslmode", "disable"));
    }

    static Database external(DatabaseProperties properties) {
        Database database = new Database(DatabaseAddress.parse(properties.url()), null);
        database.awaitAcceptable(properties.startPatience());
        return database;
    }

    /// Whether this process carries the server itself. It then holds the data directory alone: whoever used this
    /// database before is dead.
    public boolean embedded() {
        return embedded != null;
    }

    /// Of the server on this machine.
    String port() {
        return address.host().substring(address.host().lastIndexOf(':') + 1);
    }

    /// A source of one connection for one lasting purpose, made anew when it breaks.
    ///
    /// @param patience how long a borrower waits, and how long the server may be silent, before it is a failure
    public HikariDataSource dedicated(String purpose, Duration patience) {
        return new HikariDataSource(config(purpose, 1, patience, patience));
    }

    /// A connection that is the caller's own to keep and to close, for LISTEN.
    ///
    /// @param patience how long the server may be silent when it is asked, before it is a failure
    public Connection connect(String purpose, Duration patience) throws SQLException {
        return DriverManager.getConnection(address.jdbcUrl(), parameters(purpose, patience));
    }

    /// Gives the room of deleted rows back, for what is written next. PostgreSQL does so by itself, but not before a
    /// fifth of a table is gone. Others work on meanwhile, but for who changes the tables themselves.
    public void vacuum(List<String> tables) throws SQLException {
        try (Connection connection = connect("vacuum", LONGEST_MIGRATION);
                Statement statement = connection.createStatement()) {
            // As slowly as PostgreSQL's own does it, and no longer than this process is there.
            statement.execute("set vacuum_cost_delay = '2ms'");
            statement.execute("set client_connection_check_interval = '2s'");
            statement.execute("vacuum (skip_locked, truncate false) " + String.join(", ", tables));
        }
    }

    /// @param role whose rights its connections have; null: those of the account that they sign in with
    HikariDataSource pool(String purpose, DatabaseProperties properties, @Nullable String role) {
        HikariConfig config = config(purpose, properties.poolSize(), properties.patience(), LONGEST_SILENCE);
        if (role != null) {
            config.setConnectionInitSql("set role " + role);
        }
        return new HikariDataSource(config);
    }

    /// Connections with all rights, each for one use: to bring the database up to date.
    DataSource administration() {
        return new DriverManagerDataSource(address.jdbcUrl(), parameters("administration", LONGEST_MIGRATION));
    }

    private HikariConfig config(String purpose, int size, Duration patience, Duration silence) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(purpose);
        config.setJdbcUrl(address.jdbcUrl());
        config.setDataSourceProperties(parameters(purpose, silence));
        config.setMaximumPoolSize(size);
        if (size > 1) {
            config.setMinimumIdle(1);
            config.setIdleTimeout(Duration.ofMinutes(1).toMillis());
        }
        config.setConnectionTimeout(patience.toMillis());
        config.setValidationTimeout(Math.min(patience.toMillis(), 1000));
        // The server has been seen already, or is about to come back.
        config.setInitializationFailTimeout(-1);
        return config;
    }

    private Properties parameters(String purpose, Duration silence) {
        Properties parameters = new Properties();
        parameters.setProperty("ApplicationName", "parley " + purpose);
        parameters.setProperty("connectTimeout", "2");
        parameters.setProperty("socketTimeout", Long.toString(silence.toSeconds()));
        parameters.setProperty("tcpKeepAlive", "true");
        // Else what the server says of a failure has the row in it: messages, and words of others' files.
        parameters.setProperty("logServerErrorDetail", "false");
        address.parameters().forEach(parameters::setProperty);
        if (address.user() != null) {
            parameters.setProperty("user", address.user());
        }
        if (address.password() != null) {
            parameters.setProperty("password", address.password());
        }
        return parameters;
    }

    /// Waits for a server that is not there yet: whatever starts us may start it at the same time.
    private void awaitAcceptable(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        boolean said = false;
        while (true) {
            try (Connection connection = connect("start", LONGEST_SILENCE)) {
                refuseUnfit(connection);
                return;
            } catch (SQLException e) {
                boolean away = String.valueOf(e.getSQLState()).matches("08.*|57P03");
                if (!away || System.nanoTime() > end) {
                    throw new StartFailure("DATABASE_URL leads to no usable database: " + firstSentence(e) + ".", e);
                }
                if (!said) {
                    log.info("The database {} does not answer yet; waiting up to {} s.", address, patience.toSeconds());
                    said = true;
                }
                pause();
            }
        }
    }

    private static void refuseUnfit(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show server_encoding")) {
            row.next();
            refuseUnfit(connection.getMetaData().getDatabaseMajorVersion(), row.getString(1));
        }
    }

    static void refuseUnfit(int major, String encoding) {
        if (major < OLDEST_MAJOR) {
            throw new StartFailure(
                    "DATABASE_URL leads to PostgreSQL " + major + "; Parley needs " + OLDEST_MAJOR + " or newer.");
        }
        if (!encoding.equals("UTF8")) {
            throw new StartFailure(
                    "DATABASE_URL leads to a database with the encoding " + encoding + "; Parley needs one with UTF8.");
        }
    }

    private static String firstSentence(SQLException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return message.replaceFirst("\\.$", "");
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(500));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartFailure("The start was interrupted.", e);
        }
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
