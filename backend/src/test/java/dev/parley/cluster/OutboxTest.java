package dev.parley.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Outbox outbox = new Outbox();

    @Test
    void whatIsLeftIsTakenInOrderAfterTheEndToo() throws Exception {
        Signal one = new Signal(1, "a", "x");
        Signal two = new Signal(2, "b", "y");
        outbox.add(one);
        outbox.add(two);
        outbox.close();

        assertThat(outbox.take()).containsExactly(one, two);
        assertThat(outbox.take()).isEmpty();
    }

    @Test
    void whenItIsFullTheNextBundleSaysSo() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            outbox.add(new Signal(i, "a", ""));
        }

        List<Signal> first = outbox.take();
        List<Signal> rest = new ArrayList<>();
        outbox.close();
        for (List<Signal> more = outbox.take(); !more.isEmpty(); more = outbox.take()) {
            rest.addAll(more);
        }

        assertThat(first.getLast().tellsOfMissed()).isTrue();
        assertThat(first.size() + rest.size()).isEqualTo(10_001);
        assertThat(rest).noneMatch(Signal::tellsOfMissed);
    }

    @Test
    void manySignalsAreSeveralBundlesOfTheSizeThatIsAllowed() {
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            signals.add(new Signal(i, "chat.changed", "é".repeat(i)));
        }

        List<String> written = Bundle.written("me", signals, 700);

        assertThat(written)
                .hasSizeGreaterThan(10)
                .allSatisfy(bundle -> assertThat(bundle.getBytes(UTF_8).length).isLessThanOrEqualTo(700));
        assertThat(written.stream().map(Bundle::read).flatMap(bundle -> bundle.signals().stream()))
                .containsExactlyElementsOf(signals);
        assertThat(Bundle.read(written.getLast()).sender()).isEqualTo("me");
    }

    @Test
    void onlyLinesOfIdsAreNews() {
        assertThatThrownBy(() -> new Signal(1, "chat.changed", "a\nb")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Signal(1, "chat.changed", "a".repeat(501)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Signal(1, "chat changed", "a")).isInstanceOf(IllegalArgumentException.class);
    }
}
