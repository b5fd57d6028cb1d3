package dev.parley.usage;

import dev.parley.shared.ParleyException;
import dev.parley.usage.QuotaRepository.Hold;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why a question is not asked, and when it could be.
///
/// @param wanted what would have to be held for the question
record Refusal(Quota quota, Use use, Hold wanted, Instant now) {
    /// What others hold is free again when they have ended, which nobody can tell.
    private static final long SOON = 10;

    private static final String USED_UP_TODAY =
            "You have used up your quota for today. It begins anew at midnight (UTC).";
    private static final String TOO_LITTLE_TODAY =
            "What is left of your quota for today may be too little for this question and its answer."
                    + " It begins anew at midnight (UTC).";
    private static final String USED_UP_THIS_MONTH =
            "You have used up your quota for this month. It begins anew on the first of the next (UTC).";
    private static final String TOO_LITTLE_THIS_MONTH =
            "What is left of your quota for this month may be too little for this question and its answer."
                    + " It begins anew on the first of the next (UTC).";
    private static final String HELD = "What is left of your quota is held for answers that are still being written."
            + " Send this when they are done.";

    static boolean isUsedUp(Quota quota, Use use) {
        return isDayUsedUp(quota, use) || isMonthUsedUp(quota, use);
    }

    ParleyException failure() {
        boolean monthIsShort = isShort(use.monthTokens(), wanted.tokens(), quota.monthTokens())
                || isShort(use.monthCost(), wanted.cost(), quota.monthCost());
        boolean dayIsShort = isShort(use.dayTokens(), wanted.tokens(), quota.dayTokens())
                || isShort(use.dayCost(), wanted.cost(), quota.dayCost());
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (monthIsShort) {
            return failure(
                    isMonthUsedUp(quota, use) ? USED_UP_THIS_MONTH : TOO_LITTLE_THIS_MONTH,
                    today.withDayOfMonth(1).plusMonths(1));
        }
        if (dayIsShort) {
            return failure(isDayUsedUp(quota, use) ? USED_UP_TODAY : TOO_LITTLE_TODAY, today.plusDays(1));
        }
        return new ParleyException(UsageError.QUOTA_EXCEEDED, HELD, Map.of("retry_after", SOON));
    }

    private ParleyException failure(String sentence, LocalDate anew) {
        Instant end = anew.atStartOfDay().toInstant(ZoneOffset.UTC);
        long seconds = Math.max(1, Duration.between(now, end).plusMillis(999).toSeconds());
        return new ParleyException(UsageError.QUOTA_EXCEEDED, sentence, Map.of("retry_after", seconds, "ends", end));
    }

    /// Whether it would be too little even if nothing were held for others.
    private static boolean isShort(long spent, long wanted, @Nullable Long limit) {
        return limit != null && spent + wanted > limit;
    }

    private static boolean isDayUsedUp(Quota quota, Use use) {
        return isReached(use.dayTokens(), quota.dayTokens()) || isReached(use.dayCost(), quota.dayCost());
    }

    private static boolean isMonthUsedUp(Quota quota, Use use) {
        return isReached(use.monthTokens(), quota.monthTokens()) || isReached(use.monthCost(), quota.monthCost());
    }

    private static boolean isReached(long spent, @Nullable Long limit) {
        return limit != null && spent >= limit;
    }
}
