package dev.parley.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What somebody has used of this day and this month (in UTC), and may use.
///
/// @param priced whether models have prices; without any, nothing costs anything
/// @param ownQuota whether the limits are this person's own, and not those of their role
public record UsageView(String currency, boolean priced, boolean ownQuota, UsageSpan day, UsageSpan month) {
    /// @param ends when it begins anew
    /// @param tokenLimit null: none
    /// @param costLimit null: none
    public record UsageSpan(
            Instant ends,
            long tokens,
            double cost,
            @Nullable Long tokenLimit,
            @Nullable Double costLimit) {}
}
