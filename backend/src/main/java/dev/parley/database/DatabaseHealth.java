package dev.parley.database;

import dev.parley.shared.HealthPart;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

@Component
class DatabaseHealth implements HealthPart {
    private static final int PATIENCE_S = 2;

    private final JdbcTemplate jdbc;

    DatabaseHealth(DataSource pool) {
        jdbc = new JdbcTemplate(pool);
        jdbc.setQueryTimeout(PATIENCE_S);
    }

    @Override
    public String name() {
        return "database";
    }

    @Override
    public boolean isVital() {
        return true;
    }

    @Override
    public State state() {
        long begin = System.nanoTime();
        try {
            jdbc.queryForObject("select 1", Integer.class);
            return State.ok(System.nanoTime() - begin);
        } catch (DataAccessException e) {
            return State.down("The database does not answer.");
        }
    }
}
