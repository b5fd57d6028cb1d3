package dev.parley.usage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody may spend. Null: as much as they like.
///
/// @param dayCost in billionths, as all amounts of money here
record Quota(
        @Nullable Long dayTokens,
        @Nullable Long monthTokens,
        @Nullable Long dayCost,
        @Nullable Long monthCost) {
    static final Quota NONE = new Quota(null, null, null, null);

    /// @param written as in [UsageProperties]; of two for the same the smaller counts
    static Quota parse(List<String> written) {
        return new Quota(
                least(written, "tokens/day="),
                least(written, "tokens/month="),
                least(written, "cost/day="),
                least(written, "cost/month="));
    }

    private static @Nullable Long least(List<String> written, String name) {
        return written.stream()
                .filter(one -> one.startsWith(name))
                .map(one -> one.substring(name.length()))
                .map(amount -> name.startsWith("cost") ? Money.parse(amount) : Long.valueOf(amount))
                .min(Long::compare)
                .orElse(null);
    }

    boolean isNone() {
        return equals(NONE);
    }
}
