package dev.parley.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.parley.shared.Acting;
import dev.parley.shared.UserId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.datasource.AbstractDataSource;

/// The application's connections. Those of a request have the rights of `parley_app`, to which each table shows
/// the rows of the person alone in whose name the request works ([Acting]); those of what the server does by
/// itself have the rights of `parley_system`, which sees all rows and changes no table. So a statement that
/// forgets to name its owner finds nothing of others. Pools of their own, because a change of the role makes
/// PostgreSQL plan each statement anew.
///
/// The roles and the rules for rows are made after each migration (`db/migration/afterMigrate.sql`), where the account
/// of the database may make roles.
public final class WalledDataSource extends AbstractDataSource implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WalledDataSource.class);
    private static final String PEOPLE = "parley_app";
    private static final String SERVER = "parley_system";

    private final Database database;
    private final DatabaseProperties properties;
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable Pools pools;

    WalledDataSource(Database database, DatabaseProperties properties) {
        this.database = database;
        this.properties = properties;
    }

    /// @param people null: there is no wall, and all is done by the server's
    private record Pools(HikariDataSource server, @Nullable HikariDataSource people, Map<PGConnection, UserId> users) {}

    /// @param told of the name and the state of each
    void eachPool(BiConsumer<String, HikariPoolMXBean> told) {
        try {
            Pools made = pools();
            told.accept("server", made.server().getHikariPoolMXBean());
            if (made.people() != null) {
                told.accept("requests", made.people().getHikariPoolMXBean());
            }
        } catch (SQLException e) {
            throw new UncategorizedSQLException("pools", null, e);
        }
    }

    /// Whether the database keeps people's rows apart.
    boolean isWalled() throws SQLException {
        return pools().people() != null;
    }

    @Override
    public Connection getConnection() throws SQLException {
        UserId user = Acting.user();
        Pools made = pools();
        Connection connection = user == null || made.people() == null
                ? made.server().getConnection()
                : named(made.people().getConnection(), user, made.users());
        return TracedConnection.of(connection);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new UnsupportedOperationException("Who signs in to the database is set by DATABASE_URL.");
    }

    /// A connection remembers in whose name it worked last, so that the same person's next statement costs nothing.
    private static Connection named(Connection borrowed, UserId user, Map<PGConnection, UserId> users)
            throws SQLException {
        try {
            PGConnection physical = borrowed.unwrap(PGConnection.class);
            if (!user.equals(users.get(physical))) {
                users.remove(physical);
                try (PreparedStatement name = borrowed.prepareStatement("select set_config('parley.user', ?, false)")) {
                    name.setString(1, user.toString());
                    name.execute();
                }
                users.put(physical, user);
            }
            return borrowed;
        } catch (SQLException | RuntimeException e) {
            borrowed.close();
            throw e;
        }
    }

    /// Made when first asked for, which is after the migration: before it there are no roles.
    private Pools pools() throws SQLException {
        Pools made = pools;
        if (made != null) {
            return made;
        }
        making.lock();
        try {
            made = pools;
            if (made == null) {
                made = make();
                pools = made;
            }
            return made;
        } finally {
            making.unlock();
        }
    }

    private Pools make() throws SQLException {
        boolean walled = properties.rowSecurity() && canTakeRoles();
        return new Pools(
                database.pool("server", properties, walled ? SERVER : null),
                walled ? database.pool("requests", properties, PEOPLE) : null,
                Collections.synchronizedMap(new WeakHashMap<>()));
    }

    private boolean canTakeRoles() throws SQLException {
        try (Connection connection = database.connect("start", properties.startPatience());
                Statement statement = connection.createStatement()) {
            statement.execute("set role " + PEOPLE);
            statement.execute("reset role");
            statement.execute("set role " + SERVER);
            return true;
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (!state.startsWith("22") && !state.startsWith("42")) {
                throw e;
            }
            log.warn(
                    "The database does not keep people's rows apart by itself: its account may not take the roles {} and"
                            + " {}. Every statement still names its owner; docs/use/security.md says how to have both.",
                    PEOPLE,
                    SERVER);
            return false;
        }
    }

    @Override
    public void close() {
        Pools made = pools;
        if (made != null) {
            made.server().close();
            if (made.people() != null) {
                made.people().close();
            }
        }
    }
}
