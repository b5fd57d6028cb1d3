package dev.parley.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/// Tells news from its second copy: two carriers bring the same, each at its own pace.
final class HeardAlready {
    private static final Duration MEMORY = Duration.ofHours(1);

    private final Cache<String, Numbers> senders =
            Caffeine.newBuilder().expireAfterAccess(MEMORY).maximumSize(1_000).build();

    /// Whether this is heard for the first time.
    boolean isNew(String sender, long number) {
        return senders.get(sender, _ -> new Numbers()).add(number);
    }

    /// The last numbers of one sender. What is older than all of them counts as heard.
    private static final class Numbers {
        private static final int KEPT = 1 << 12;

        private final long[] kept = new long[KEPT];

        synchronized boolean add(long number) {
            int place = (int) (number & (KEPT - 1));
            if (kept[place] >= number) {
                return false;
            }
            kept[place] = number;
            return true;
        }
    }
}
