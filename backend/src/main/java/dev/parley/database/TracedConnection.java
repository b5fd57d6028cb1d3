package dev.parley.database;

import dev.parley.shared.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A connection whose statements are parts of the trace that the thread works at. Their text is told, which is ours and
/// has question marks where people's words go; never what stands for these.
final class TracedConnection {
    private static final Set<String> EXECUTIONS =
            Set.of("execute", "executeQuery", "executeUpdate", "executeLargeUpdate", "executeBatch");
    private static final int LONGEST_TEXT = 2_000;

    private TracedConnection() {}

    /// The same one where there is no trace.
    static Connection of(Connection connection) {
        return Tracing.isOn() && Span.current().isRecording()
                ? proxy(Connection.class, connection, TracedConnection::called)
                : connection;
    }

    private interface Call {
        @Nullable
        Object on(Object target, Method method, Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T target, Call call) {
        InvocationHandler handler = (self, method, arguments) -> switch (method.getName()) {
            case "equals" -> arguments != null && isOne(self, arguments[0]);
            case "hashCode" -> System.identityHashCode(self);
            default -> call.on(target, method, arguments);
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @SuppressWarnings("ReferenceEquality") // a wrapping equals itself alone
    private static boolean isOne(Object self, @Nullable Object other) {
        return self == other;
    }

    private static @Nullable Object called(Object connection, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("commit")) {
            return timed("commit", "commit", connection, method, arguments);
        }
        Object result = invoke(connection, method, arguments);
        if (method.getName().equals("prepareStatement")
                && result instanceof PreparedStatement statement
                && arguments != null
                && arguments[0] instanceof String sql) {
            String text = sql.strip();
            return proxy(
                    PreparedStatement.class,
                    statement,
                    (target, called, given) -> given == null && EXECUTIONS.contains(called.getName())
                            ? timed(firstWord(text), text, target, called, null)
                            : invoke(target, called, given));
        }
        return result;
    }

    private static @Nullable Object timed(
            String name, String text, Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        Span span = Tracing.begin(name, SpanKind.CLIENT)
                .setAttribute("db.system.name", "postgresql")
                .setAttribute("db.operation.name", name)
                .setAttribute("db.query.text", text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
        try {
            return invoke(target, method, arguments);
        } catch (SQLException e) {
            span.setStatus(StatusCode.ERROR).setAttribute("error.type", String.valueOf(e.getSQLState()));
            throw e;
        } finally {
            span.end();
        }
    }

    private static String firstWord(String sql) {
        int end = 0;
        while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
            end++;
        }
        return sql.substring(0, end).toLowerCase(Locale.ROOT);
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
