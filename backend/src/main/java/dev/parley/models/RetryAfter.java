package dev.parley.models;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// When a provider that refuses wants to be asked again: seconds or a date as HTTP has them, or the milliseconds that
/// OpenAI and Azure tell besides.
final class RetryAfter {
    private static final Pattern DIGITS = Pattern.compile("\\d{1,9}");
    private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME;

    private RetryAfter() {}

    /// @param header the response's headers by name; null where it has none of the name
    /// @return null where it says nothing that can be understood
    static @Nullable Duration in(Function<String, @Nullable String> header, InstantSource clock) {
        String millis = header.apply("retry-after-ms");
        if (millis != null && DIGITS.matcher(millis).matches()) {
            return Duration.ofMillis(Long.parseLong(millis));
        }
        String value = header.apply("Retry-After");
        if (value == null) {
            return null;
        }
        if (DIGITS.matcher(value).matches()) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        Instant then = date(value);
        if (then == null) {
            return null;
        }
        // By the provider's own clock, which may differ from ours.
        Instant its = date(header.apply("Date"));
        Duration left = Duration.between(its == null ? clock.instant() : its, then);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static @Nullable Instant date(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return DATE.parse(text, Instant::from);
        } catch (DateTimeParseException e) {
            return null; // no date: then it says nothing
        }
    }
}
