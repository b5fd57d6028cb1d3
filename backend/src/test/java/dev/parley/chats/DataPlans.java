package dev.parley.chats;

import dev.parley.shared.Cursor;
import dev.parley.shared.UserId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// What the database does for a page of a list of chats, for one of a chat and for a search: a part of
/// `./parley bench data`. The repositories that the server has ask, with the rights that a request has.
final class DataPlans {
    private static final int ROWS = 51;

    private final Connection connection;
    private final List<String> lines = new ArrayList<>();
    private final JdbcClient asked;

    private DataPlans(Connection connection) {
        this.connection = connection;
        this.asked = JdbcClient.create(new SingleConnectionDataSource(explaining(), true));
    }

    /// @param arguments the database's JDBC URL, and the files of what is wanted and what was found
    public static void main(String[] arguments) throws Exception {
        JsonMapper json = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        JsonNode wanted = json.readTree(Path.of(arguments[1]));
        try (Connection connection = DriverManager.getConnection(arguments[0], "parley", System.getenv("PGPASSWORD"))) {
            DataPlans plans = new DataPlans(connection);
            Rows rows = new Rows(new Json(json));
            ChatRepository chats = new ChatRepository(plans.asked, rows, new Json(json));
            BranchRepository branches = new BranchRepository(plans.asked, rows);

            Map<String, List<String>> found = new LinkedHashMap<>();
            UserId lister = plans.become(wanted.path("list").path("email"));
            found.put("list", plans.of(() -> chats.page(lister, false, null, ROWS)));
            Cursor middle = Cursor.parse(wanted.path("list").path("cursor").asString(), 3);
            found.put("middle", plans.of(() -> chats.page(lister, false, middle, ROWS)));

            UserId talker = plans.become(wanted.path("chat").path("email"));
            UUID chat = UUID.fromString(wanted.path("chat").path("id").asString());
            UUID leaf = UUID.fromString(wanted.path("chat").path("leaf").asString());
            found.put("chat", plans.of(() -> branches.upwards(talker, chat, leaf, ROWS)));

            UserId seeker = plans.become(wanted.path("search").path("email"));
            try (Statement statement = connection.createStatement()) {
                statement.execute("reset role");
            }
            SearchPlans words = new SearchPlans(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
            wanted.path("search")
                    .path("words")
                    .forEach(word -> found.put(
                            word.asString(),
                            words.explain(seeker, word.asString()).lines()));
            Files.writeString(Path.of(arguments[2]), json.writeValueAsString(found));
        }
    }

    /// As a request of that person works.
    private UserId become(JsonNode email) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("reset role");
        }
        UUID id = JdbcClient.create(new SingleConnectionDataSource(connection, true))
                .sql("select id from account where email_key = :email")
                .param("email", email.asString())
                .query(UUID.class)
                .single();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set parley.\"user\" = '" + id + "'");
            statement.execute("set role parley_app");
        }
        return new UserId(id);
    }

    /// @param question is asked twice: what it reads is in memory then
    private List<String> of(Runnable question) {
        question.run();
        lines.clear();
        question.run();
        return List.copyOf(lines);
    }

    /// The connection, but for what is asked: of that the plan is noted too.
    private Connection explaining() {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = invoke(connection, method, arguments);
            return result instanceof PreparedStatement statement
                    ? explaining(statement, (String) arguments[0])
                    : result;
        });
    }

    private PreparedStatement explaining(PreparedStatement statement, String sql) throws SQLException {
        PreparedStatement explanation = connection.prepareStatement("explain (analyze, buffers) " + sql);
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().startsWith("set") && method.getParameterCount() > 1) {
                invoke(explanation, method, arguments);
            }
            if (method.getName().equals("executeQuery")) {
                try (ResultSet rows = explanation.executeQuery()) {
                    while (rows.next()) {
                        lines.add(rows.getString(1));
                    }
                }
            }
            return invoke(statement, method, arguments);
        });
    }

    private interface Answering {
        @Nullable
        Object answer(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Answering answering) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> answering.answer(method, arguments == null ? new Object[0] : arguments)));
    }

    private static @Nullable Object invoke(Object on, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
