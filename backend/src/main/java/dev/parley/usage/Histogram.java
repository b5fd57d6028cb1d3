package dev.parley.usage;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Times, each counted in one of a few spans, so that those of many people and hours can be added up. The spans
/// grow by the same factor: a percentile is off by at most a quarter of itself, however long it is.
final class Histogram {
    static final int SPANS = 20;
    private static final double SHORTEST = 50;
    /// How far the middle of a span is from its ends.
    private static final double OFF = 1.25;

    private static final double FACTOR = OFF * OFF;

    private Histogram() {}

    /// One time, or none.
    static Integer[] of(@Nullable Duration time) {
        Integer[] counts = new Integer[SPANS];
        Arrays.fill(counts, 0);
        if (time != null) {
            counts[span(time.toMillis())] = 1;
        }
        return counts;
    }

    private static int span(long millis) {
        int span = 0;
        while (span < SPANS - 1 && millis > end(span)) {
            span++;
        }
        return span;
    }

    private static double end(int span) {
        return SHORTEST * Math.pow(FACTOR, span);
    }

    /// How many milliseconds this part of all times took at most: the middle of its span. Null where there are none.
    static @Nullable Long percentile(List<Long> counts, double part) {
        long all = counts.stream().mapToLong(Long::longValue).sum();
        double wanted = all * part;
        long counted = 0;
        for (int span = 0; span < counts.size(); span++) {
            counted += counts.get(span);
            if (counted > 0 && counted >= wanted) {
                return Math.round(end(span) / OFF);
            }
        }
        return null;
    }
}
