package dev.parley.usage;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// Amounts of money are whole billionths: so a token of a model that costs a thousandth per million has a whole
/// price.
final class Money {
    private static final int DIGITS = 9;

    private Money() {}

    static long parse(String amount) {
        return new BigDecimal(amount).movePointRight(DIGITS).longValueExact();
    }

    static double shown(long billionths) {
        return BigDecimal.valueOf(billionths, DIGITS).doubleValue();
    }

    /// What somebody typed; smaller parts than we count are left out.
    static long of(double amount) {
        return BigDecimal.valueOf(amount)
                .movePointRight(DIGITS)
                .setScale(0, RoundingMode.DOWN)
                .longValueExact();
    }
}
