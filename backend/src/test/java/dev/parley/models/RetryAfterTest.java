package dev.parley.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullMarked
class RetryAfterTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T10:54:00Z"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            17                            |                               |     | 17000
            0                             |                               |     | 0
            Sun, 22 Nov 2026 10:54:05 GMT |                               |     | 5000
            Sun, 22 Nov 2026 10:54:05 GMT | Sun, 22 Nov 2026 10:54:02 GMT |     | 3000
            Sun, 22 Nov 2026 10:00:00 GMT |                               |     | 0
            1                             |                               | 250 | 250
                                          |                               | 250 | 250
            soon                          |                               |     |
            -1                            |                               |     |
            1.5                           |                               |     |
            99999999999                   |                               |     |
                                          |                               |     |
            """)
    void understands(
            @Nullable String retryAfter,
            @Nullable String date,
            @Nullable String retryAfterMs,
            @Nullable Long milliseconds) {
        Map<String, @Nullable String> headers = new HashMap<>();
        headers.put("Retry-After", retryAfter);
        headers.put("Date", date);
        headers.put("retry-after-ms", retryAfterMs);

        assertThat(RetryAfter.in(headers::get, CLOCK))
                .isEqualTo(milliseconds == null ? null : Duration.ofMillis(milliseconds));
    }
}
