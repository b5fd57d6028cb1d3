package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

class NodeSignalsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicLong now = new AtomicLong();
    private final Wire one = new Wire();
    private final Wire other = new Wire();
    private final NodeSignals signals = new NodeSignals(List.of(one, other), now::get);
    private final SignalsHealth health = new SignalsHealth(signals, () -> true);

    /// Brings back at once what it carries, where it does.
    private static final class Wire implements Carrier {
        private volatile boolean broken = true;
        private volatile String sender = "";
        private volatile Recipient recipient = new Nobody();

        private static final class Nobody implements Recipient {
            @Override
            public void hear(String bundle) {}

            @Override
            public void missed() {}
        }

        @Override
        public void start(String from, Recipient to) {
            sender = from;
            recipient = to;
        }

        @Override
        public void carry(Signal signal) {
            if (!broken) {
                Bundle.written(sender, List.of(signal), 1_000).forEach(recipient::hear);
            }
        }

        void mend() {
            broken = false;
            recipient.missed();
        }

        @Override
        public void close() {}
    }

    @AfterEach
    void stop() {
        signals.stop();
    }

    @Test
    void oneWayOfTwoIsEnough() {
        signals.start();
        assertThat(health.state().isFailing()).isTrue();

        other.mend();

        await().atMost(PATIENCE).until(() -> !health.state().isFailing());
    }

    @Test
    void aWayThatEndsIsNoticed() {
        one.broken = false;
        signals.start();
        await().atMost(PATIENCE).until(signals::isHeard);

        one.broken = true;

        // A beat may be under way: time goes on until the last one is old.
        await().atMost(PATIENCE).until(() -> {
            now.addAndGet(NodeSignals.SILENCE.toNanos());
            return health.state().status().equals("degraded");
        });
    }

    @Test
    void newsOfOthersIsNoSignThatOthersHearThis() {
        signals.start();
        signals.hear(Bundle.written("another node", List.of(new Signal(1, Heard.TOPIC, "x")), 1_000)
                .getFirst());
        assertThat(signals.isHeard()).isFalse();
    }

    @Test
    void nobodyMissesTheNewsOfTheOnlyNode() {
        signals.start();
        assertThat(new SignalsHealth(signals, () -> false).state().isFailing()).isFalse();
        assertThat(new SignalsHealth(signals, () -> {
                            throw new QueryTimeoutException("The database is away.");
                        })
                        .state()
                        .isFailing())
                .isTrue();
    }

    @Test
    void whoIsAloneHasNobodyToTell() {
        NodeSignals alone = new NodeSignals(List.of(), now::get);
        alone.start();
        assertThat(alone.isHeard()).isTrue();
        assertThat(new SignalsHealth(alone, () -> true).state().isFailing()).isFalse();
        alone.stop();
    }
}
