package dev.parley.database;

import dev.parley.shared.HealthPart;
import java.sql.SQLException;
import org.springframework.stereotype.Component;

/// Whether the second wall between people stands.
@Component
class RowSecurityHealth implements HealthPart {
    private final WalledDataSource source;

    RowSecurityHealth(WalledDataSource source) {
        this.source = source;
    }

    @Override
    public String name() {
        return "row_security";
    }

    @Override
    public State state() {
        try {
            return source.isWalled() ? State.ok() : State.DISABLED;
        } catch (SQLException e) {
            return State.degraded("The database does not answer.");
        }
    }
}
