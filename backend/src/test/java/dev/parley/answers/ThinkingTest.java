package dev.parley.answers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThinkingTest {
    private long now = 1_000;
    private final Thinking thinking = new Thinking(() -> now);

    @Test
    void whoTellsNoThoughtTookNoTimeForOne() {
        thinking.ends();
        assertThat(thinking.taken()).isNull();
    }

    @Test
    void whatIsThoughtBetweenWordsCountsToo() {
        thinking.begins();
        now += 5;
        thinking.begins();
        now += 7;
        thinking.ends();
        now += 100;
        thinking.ends();
        thinking.begins();
        now += 1;
        thinking.ends();
        assertThat(thinking.taken()).isEqualTo(Duration.ofNanos(13));
    }

    @Test
    void aThoughtThatGoesOnCountsSoFar() {
        thinking.begins();
        now += 5;
        assertThat(thinking.taken()).isEqualTo(Duration.ofNanos(5));
        thinking.ends();
        now += 5;
        assertThat(thinking.taken()).isEqualTo(Duration.ofNanos(5));
    }
}
