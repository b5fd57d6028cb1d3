package dev.parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FollowedTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Signals signals = TestCluster.alone();
    private final AtomicReference<String> stored = new AtomicReference<>("first");
    private final AtomicReference<String> here = new AtomicReference<>("");
    private final AtomicReference<String> there = new AtomicReference<>("");

    @Test
    void aChangeCountsHereAtOnceAndElsewhereWhenItIsHeardOf() {
        try (Followed one = Followed.start("thing.changed", signals, () -> here.set(stored.get()));
                Followed other = Followed.start("thing.changed", signals, () -> there.set(stored.get()))) {
            assertThat(here).hasValue("first");
            assertThat(there).hasValue("first");

            stored.set("second");
            one.changed();

            assertThat(here).hasValue("second");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(there).hasValue("second"));
            assertThat(other).isNotNull();
        }
    }

    /// Without any news.
    @Test
    void whatWasMissedIsReadAllTheSame() {
        try (Followed one =
                Followed.start("thing.changed", signals, Duration.ofMillis(50), () -> here.set(stored.get()))) {
            stored.set("second");

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(here).hasValue("second"));
            assertThat(one).isNotNull();
        }
    }

    @Test
    void whoCannotReadSaysSoToWhoChangesAndGoesOn() {
        try (Followed one = Followed.start("thing.changed", signals, () -> {
            if (stored.get().equals("none")) {
                throw new IllegalStateException("away");
            }
            here.set(stored.get());
        })) {
            stored.set("none");
            assertThatThrownBy(one::changed).hasMessage("away");
            assertThat(here).hasValue("first");

            stored.set("third");
            one.changed();

            assertThat(here).hasValue("third");
        }
    }
}
