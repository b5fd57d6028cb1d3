package dev.parley.imports;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What stands in foreign files, as far as it makes sense.
final class Values {
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
    private static final double MILLIS_FROM = 1e11;
    private static final int LONGEST_HEAD = 1_000;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_ID = 500;

    private Values() {}

    static @Nullable String text(JsonNode value) {
        return value.isString() && !value.asString().isEmpty() ? value.asString() : null;
    }

    /// As much of it as a title may be made of.
    static @Nullable String head(JsonNode value) {
        return shortened(value, LONGEST_HEAD);
    }

    /// The name of a model, or another one word for something.
    static @Nullable String name(JsonNode value) {
        return shortened(value, LONGEST_NAME);
    }

    private static @Nullable String shortened(JsonNode value, int most) {
        String text = text(value);
        if (text == null) {
            return null;
        }
        String storable = storable(text.substring(0, Math.min(text.length(), most)));
        return storable.isEmpty() ? null : storable;
    }

    /// Null where it is so long that nobody can mean it.
    static @Nullable String id(JsonNode value) {
        String text = text(value);
        return text == null || text.length() > LONGEST_ID ? null : text;
    }

    /// In seconds, in milliseconds, or as text; null where it is no time.
    static @Nullable Instant time(JsonNode value) {
        Instant time = null;
        if (value.isNumber()) {
            time = ofNumber(value.doubleValue());
        } else if (value.isString()) {
            try {
                time = OffsetDateTime.parse(value.asString()).toInstant();
            } catch (DateTimeException e) {
                return null;
            }
        }
        return time == null || time.isBefore(Instant.EPOCH) || time.isAfter(LATEST) ? null : time;
    }

    private static @Nullable Instant ofNumber(double number) {
        double millis = number >= MILLIS_FROM ? number : number * 1_000;
        return millis > 0 && millis < LATEST.toEpochMilli() ? Instant.ofEpochMilli((long) millis) : null;
    }

    /// Without what the database cannot hold: NUL, and halves of characters.
    static String storable(String text) {
        StringBuilder storable = null;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            boolean pair = Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (unit == 0 || (Character.isSurrogate(unit) && !pair)) {
                storable = storable == null ? new StringBuilder(text.substring(0, i)) : storable;
                continue;
            }
            if (storable != null) {
                storable.append(unit);
            }
            if (pair) {
                i++;
                if (storable != null) {
                    storable.append(text.charAt(i));
                }
            }
        }
        return storable == null ? text : storable.toString();
    }
}
