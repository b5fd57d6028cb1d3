package dev.parley.shared;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// In whose name a thread works: a person's, or, when nobody is named, the server's own. The database shows a person's
/// work that person's rows and no others, whatever is asked of it.
///
/// ```java
/// try (var _ = Acting.as(user)) {
///     …
/// }
/// ```
public final class Acting {
    private static final String IN_LOG = "user_id";
    private static final ThreadLocal<@Nullable UserId> USER = new ThreadLocal<>();

    private Acting() {}

    /// Ends the work in a name; what was before counts again.
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /// @return null: the server itself
    public static @Nullable UserId user() {
        return USER.get();
    }

    public static Scope as(UserId user) {
        return scope(user);
    }

    /// For what a person may cause and only the server can do.
    public static Scope asServer() {
        return scope(null);
    }

    /// Until [#stop], by the same thread.
    public static void begin(UserId user) {
        set(user);
    }

    public static void stop() {
        set(null);
    }

    private static Scope scope(@Nullable UserId user) {
        UserId before = USER.get();
        set(user);
        return () -> set(before);
    }

    private static void set(@Nullable UserId user) {
        if (user == null) {
            USER.remove();
            MDC.remove(IN_LOG);
        } else {
            USER.set(user);
            MDC.put(IN_LOG, user.toString());
        }
    }
}
