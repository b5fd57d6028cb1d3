package dev.parley.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.models.Chunk.Fault;
import java.time.Duration;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullMarked
class RetriesTest {
    private static final Fault BUSY = new Fault("rate_limit_exceeded", "", "");

    private final Retries retries = new Retries(Duration.ofSeconds(10), () -> 0);

    /// Retry-After in seconds; the pauses before each further try in milliseconds.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            429 | 2  | 2000 2000
            429 | 0  | 0 0
            429 | 6  | 6000
            429 | 10 | 10000
            429 | 11 |
            429 |    |
            503 |    | 250 500
            503 | 3  | 3000 3000
            503 | 60 |
            500 | 1  |
            502 |    |
            504 | 1  |
            529 | 1  |
            400 | 1  |
            401 | 1  |
            404 | 1  |
            408 | 1  |
            """)
    void onlyWhoSaysWhenIsAskedAgain(int status, @Nullable Integer retryAfter, @Nullable String pauses) {
        Duration named = retryAfter == null ? null : Duration.ofSeconds(retryAfter);
        for (String pause : pauses == null ? new String[0] : pauses.split(" ", -1)) {
            assertThat(retries.pause(status, BUSY, named)).hasValue(Duration.ofMillis(Long.parseLong(pause)));
        }
        assertThat(retries.pause(status, BUSY, named)).isEmpty();
    }

    @Test
    void waitingDoesNotBringBackAQuota() {
        assertThat(retries.pause(429, new Fault("insufficient_quota", "", ""), Duration.ofSeconds(1)))
                .isEmpty();
    }

    @Test
    void thoseWhoWereRefusedTogetherComeBackApart() {
        Retries late = new Retries(Duration.ofSeconds(10), () -> 1);

        assertThat(late.pause(429, BUSY, Duration.ofSeconds(2))).hasValue(Duration.ofMillis(2_250));
        assertThat(late.pause(503, BUSY, null)).hasValue(Duration.ofSeconds(1));
    }

    @Test
    void whoMayNotWaitAsksOnce() {
        assertThat(new Retries(Duration.ZERO, () -> 0.5).pause(503, BUSY, null)).isEmpty();
    }
}
