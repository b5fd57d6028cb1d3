package dev.parley.cluster;

import dev.parley.shared.HealthPart;
import java.util.function.BooleanSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/// A node that others do not hear, or that hears nobody, would show people what has long changed: it takes no requests.
@Component
class SignalsHealth implements HealthPart {
    private final NodeSignals signals;
    private final BooleanSupplier others;

    @Autowired
    SignalsHealth(NodeSignals signals, Node node) {
        this(signals, node::hasOthers);
    }

    SignalsHealth(NodeSignals signals, BooleanSupplier others) {
        this.signals = signals;
        this.others = others;
    }

    @Override
    public String name() {
        return "nodes";
    }

    @Override
    public boolean isNeededToServe() {
        return true;
    }

    @Override
    public State state() {
        if (signals.isAlone()) {
            return State.DISABLED;
        }
        if (signals.isHeard()) {
            return State.ok();
        }
        return mayHaveOthers() ? State.degraded("News does not arrive at the other nodes.") : State.DISABLED;
    }

    private boolean mayHaveOthers() {
        try {
            return others.getAsBoolean();
        } catch (DataAccessException e) {
            // The database says so of itself.
            return true;
        }
    }
}
