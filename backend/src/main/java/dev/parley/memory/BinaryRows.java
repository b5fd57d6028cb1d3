package dev.parley.memory;

import java.sql.PreparedStatement;
import java.util.List;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/// Reads rows in the form in which PostgreSQL holds them, also the first time that a connection asks: of thousands of
/// rows, the detour over text is most of the work.
final class BinaryRows {
    /// What the driver takes as "always".
    private static final int FROM_THE_FIRST = -1;

    private BinaryRows() {}

    /// @param sql with a `?` for each value
    static <T> List<T> read(JdbcTemplate jdbc, String sql, RowMapper<T> row, Object... values) {
        return jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(sql);
                    statement.unwrap(PGStatement.class).setPrepareThreshold(FROM_THE_FIRST);
                    for (int i = 0; i < values.length; i++) {
                        statement.setObject(i + 1, values[i]);
                    }
                    return statement;
                },
                row);
    }
}
