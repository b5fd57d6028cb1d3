package dev.parley.backup;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/// Gives everybody the same connection, whose transaction only its owner ends: so that migrations, which would each end
/// one of their own, happen together with what is loaded between them, or not at all.
final class OneTransaction extends AbstractDataSource {
    private static final Set<String> OWNERS = Set.of("commit", "rollback", "setAutoCommit", "close");

    private final Connection shared;

    OneTransaction(Connection connection) {
        shared = (Connection) Proxy.newProxyInstance(
                OneTransaction.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (_, method, arguments) -> call(connection, method, arguments));
    }

    /// @return a [DataSource] for whoever makes migrations
    static DataSource of(Connection connection) {
        return new OneTransaction(connection);
    }

    private static @Nullable Object call(Connection connection, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        boolean toSavepoint = method.getName().equals("rollback") && arguments != null;
        if (OWNERS.contains(method.getName()) && !toSavepoint) {
            return null;
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    @Override
    public Connection getConnection() {
        return shared;
    }

    @Override
    public Connection getConnection(String username, String password) {
        throw new UnsupportedOperationException("There is one connection.");
    }
}
