package dev.parley.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.shared.HealthPart;
import dev.parley.shared.HealthPart.State;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;

class HealthControllerTest {
    private final AtomicReference<State> nodes = new AtomicReference<>(State.ok());
    private final AtomicReference<State> extra = new AtomicReference<>(State.ok());
    private final ApplicationAvailabilityBean availability = new ApplicationAvailabilityBean();
    private final HealthController controller = new HealthController(
            List.of(new Part("nodes", true, nodes), new Part("extra", false, extra)), availability, "1");

    private record Part(String name, boolean isNeededToServe, AtomicReference<State> now) implements HealthPart {
        @Override
        public State state() {
            return now.get();
        }
    }

    HealthControllerTest() {
        turn(ReadinessState.ACCEPTING_TRAFFIC);
    }

    private void turn(ReadinessState state) {
        availability.onApplicationEvent(new AvailabilityChangeEvent<>(this, state));
    }

    private int ready() {
        return controller.ready().getStatusCode().value();
    }

    @Test
    void aNodeThatNobodyHearsTakesNoRequestsAndIsNotDown() {
        assertThat(ready()).isEqualTo(200);
        nodes.set(State.degraded("Nobody hears it."));
        assertThat(ready()).isEqualTo(503);
        assertThat(controller.health().getStatusCode().value()).isEqualTo(200);
        nodes.set(State.DISABLED);
        assertThat(ready()).isEqualTo(200);
    }

    @Test
    void whatIsMissedByFewKeepsNobodyOut() {
        extra.set(State.degraded("It is away."));
        assertThat(ready()).isEqualTo(200);
    }

    @Test
    void aNodeThatStopsTakesNoRequestsAndLives() {
        turn(ReadinessState.REFUSING_TRAFFIC);
        assertThat(ready()).isEqualTo(503);
        assertThat(controller.live().success()).isTrue();
    }
}
