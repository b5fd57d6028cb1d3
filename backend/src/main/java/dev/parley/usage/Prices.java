package dev.parley.usage;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What models cost. One without a price costs nothing.
final class Prices {
    private static final long MILLION = 1_000_000;

    private final Map<String, Price> prices;
    private final Supplier<List<String>> fallbacks;

    /// Of one token, in billionths.
    private record Price(long read, long written) {
        static final Price NONE = new Price(0, 0);

        static Price parse(String written) {
            String[] both = written.split("/", -1);
            return new Price(Money.parse(both[0]) / MILLION, Money.parse(both[1]) / MILLION);
        }

        long of(long promptTokens, long completionTokens) {
            return read * promptTokens + written * completionTokens;
        }
    }

    private Prices(Map<String, Price> prices, Supplier<List<String>> fallbacks) {
        this.prices = prices;
        this.fallbacks = fallbacks;
    }

    /// @param written as in [UsageProperties]; of two for one model the later counts
    /// @param fallbacks who may answer instead of another, at the moment
    static Prices of(List<String> written, Supplier<List<String>> fallbacks) {
        return new Prices(
                written.stream()
                        .collect(Collectors.toMap(
                                one -> one.substring(0, one.lastIndexOf('=')),
                                one -> Price.parse(one.substring(one.lastIndexOf('=') + 1)),
                                (_, later) -> later)),
                fallbacks);
    }

    boolean isEmpty() {
        return prices.isEmpty();
    }

    long of(String model, long promptTokens, long completionTokens) {
        return price(model).of(promptTokens, completionTokens);
    }

    /// Whoever answers in its place may cost more.
    long most(String model, long promptTokens, long completionTokens) {
        return Stream.concat(Stream.of(model), fallbacks.get().stream())
                .mapToLong(one -> of(one, promptTokens, completionTokens))
                .max()
                .orElse(0);
    }

    private Price price(String model) {
        return prices.getOrDefault(model, Price.NONE);
    }
}
