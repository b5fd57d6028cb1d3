package dev.parley.cluster;

import dev.parley.shared.HealthPart;
import org.springframework.stereotype.Component;

/// A node that others do not hear, or that hears nobody, would show people what has long changed: it takes no requests.
@Component
class SignalsHealth implements HealthPart {
    private final NodeSignals signals;

    SignalsHealth(NodeSignals signals) {
        this.signals = signals;
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
        return signals.isHeard() ? State.ok() : State.degraded("News does not arrive at the other nodes.");
    }
}
