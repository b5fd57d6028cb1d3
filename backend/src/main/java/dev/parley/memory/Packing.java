package dev.parley.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/// Fills a budget of tokens with the best of what was found.
final class Packing {
    /// What does not fit is passed over for something shorter, but not for ever.
    private static final int PASSED_OVER = 12;

    private Packing() {}

    /// @param ranked best first
    static <T> List<T> pack(List<T> ranked, ToLongFunction<T> tokens, long budget) {
        List<T> packed = new ArrayList<>();
        long left = budget;
        int passed = 0;
        for (T one : ranked) {
            long cost = tokens.applyAsLong(one);
            if (cost <= left) {
                packed.add(one);
                left -= cost;
            } else if (++passed > PASSED_OVER) {
                break;
            }
        }
        return packed;
    }
}
