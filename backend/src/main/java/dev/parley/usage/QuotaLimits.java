package dev.parley.usage;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/// What an operator lets somebody spend. Null: as much as they like.
public record QuotaLimits(
        @Nullable @PositiveOrZero(message = NOT_NEGATIVE) @Max(value = MOST_TOKENS, message = TOO_MUCH)
        Long dayTokens,

        @Nullable @PositiveOrZero(message = NOT_NEGATIVE) @Max(value = MOST_TOKENS, message = TOO_MUCH)
        Long monthTokens,

        @Nullable @PositiveOrZero(message = NOT_NEGATIVE) @DecimalMax(value = MOST_COST, message = TOO_MUCH)
        Double dayCost,

        @Nullable @PositiveOrZero(message = NOT_NEGATIVE) @DecimalMax(value = MOST_COST, message = TOO_MUCH)
        Double monthCost) {
    private static final long MOST_TOKENS = 1_000_000_000_000_000L;
    private static final String MOST_COST = "1000000000";
    private static final String NOT_NEGATIVE = "A quota is not negative.";
    private static final String TOO_MUCH = "A quota this large is none: leave it out.";

    Quota quota() {
        return new Quota(
                dayTokens,
                monthTokens,
                dayCost == null ? null : Money.of(dayCost),
                monthCost == null ? null : Money.of(monthCost));
    }
}
