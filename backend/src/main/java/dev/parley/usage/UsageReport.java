package dev.parley.usage;

import dev.parley.shared.UserId;
import dev.parley.usage.SlotRepository.OfSlot;
import dev.parley.usage.SlotRepository.Sum;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// What the whole instance has used, for those who look after it.
@Service
public class UsageReport {
    private static final int MOST_LISTED = 10;
    private static final double MEDIAN = 0.5;
    private static final double NEARLY_ALL = 0.95;
    private static final List<Long> NO_TIMES = Collections.nCopies(Histogram.SPANS, 0L);
    private static final Sum NOTHING = new Sum(0, 0, 0, 0, 0, 0, 0, 0, NO_TIMES, NO_TIMES);

    private final SlotRepository slots;
    private final Prices prices;
    private final String currency;
    private final Clock clock;

    UsageReport(SlotRepository slots, Prices prices, UsageProperties properties, Clock clock) {
        this.slots = slots;
        this.prices = prices;
        this.currency = properties.currency();
        this.clock = clock;
    }

    /// @param users people who had an answer
    /// @param firstP50Ms half of the answers had their first word so soon; null where there was none
    /// @param lastP95Ms 19 of 20 were whole so soon
    public record UsageFigures(
            long users,
            long chats,
            long messages,
            long answers,
            long errors,
            long promptTokens,
            long completionTokens,
            double cost,
            @Nullable Long firstP50Ms,
            @Nullable Long firstP95Ms,
            @Nullable Long lastP50Ms,
            @Nullable Long lastP95Ms) {
        static UsageFigures of(Sum sum) {
            return new UsageFigures(
                    sum.users(),
                    sum.chats(),
                    sum.messages(),
                    sum.answers(),
                    sum.errors(),
                    sum.promptTokens(),
                    sum.completionTokens(),
                    Money.shown(sum.cost()),
                    Histogram.percentile(sum.firstWord(), MEDIAN),
                    Histogram.percentile(sum.firstWord(), NEARLY_ALL),
                    Histogram.percentile(sum.lastWord(), MEDIAN),
                    Histogram.percentile(sum.lastWord(), NEARLY_ALL));
        }
    }

    /// One slot, and the one that was as far in the period before.
    public record UsageColumn(Instant starts, UsageFigures now, UsageFigures before) {}

    public record ModelUse(String model, long answers, long errors, long tokens, double cost) {}

    public record PersonUse(UserId owner, long answers, long tokens, double cost) {}

    /// @param priced whether any model has a price
    /// @param columns the oldest first; the last one is not over
    public record Report(
            Instant starts,
            int slotMinutes,
            String currency,
            boolean priced,
            UsageFigures now,
            UsageFigures before,
            List<UsageColumn> columns,
            List<ModelUse> models,
            List<PersonUse> people) {}

    public Report of(UsagePeriod period) {
        Instant now = clock.instant();
        int count = period.slots();
        Instant end = period.slot(now, -1);
        Instant start = period.slot(now, count - 1);
        Instant startBefore = period.slot(now, 2 * count - 1);
        int minutes = period.slotMinutes();
        Map<Instant, Sum> sums =
                slots.slots(minutes, startBefore, end).stream().collect(Collectors.toMap(OfSlot::starts, OfSlot::sum));
        List<Sum> before = IntStream.range(0, count)
                .mapToObj(i -> sums.getOrDefault(period.slot(now, 2 * count - 1 - i), NOTHING))
                .toList();
        List<Sum> shown = IntStream.range(0, count)
                .mapToObj(i -> sums.getOrDefault(period.slot(now, count - 1 - i), NOTHING))
                .toList();
        List<UsageColumn> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(new UsageColumn(
                    period.slot(now, count - 1 - i), UsageFigures.of(shown.get(i)), UsageFigures.of(before.get(i))));
        }
        return new Report(
                start,
                minutes,
                currency,
                !prices.isEmpty(),
                UsageFigures.of(all(shown, slots.people(minutes, start, end))),
                UsageFigures.of(all(before, slots.people(minutes, startBefore, start))),
                columns,
                slots.models(minutes, start, end, MOST_LISTED).stream()
                        .map(one -> new ModelUse(
                                one.model(), one.answers(), one.errors(), one.tokens(), Money.shown(one.cost())))
                        .toList(),
                slots.spenders(minutes, start, end, MOST_LISTED).stream()
                        .map(one -> new PersonUse(one.owner(), one.answers(), one.tokens(), Money.shown(one.cost())))
                        .toList());
    }

    private static Sum all(List<Sum> sums, long people) {
        return new Sum(
                people,
                total(sums, Sum::chats),
                total(sums, Sum::messages),
                total(sums, Sum::answers),
                total(sums, Sum::errors),
                total(sums, Sum::promptTokens),
                total(sums, Sum::completionTokens),
                total(sums, Sum::cost),
                added(sums.stream().map(Sum::firstWord).toList()),
                added(sums.stream().map(Sum::lastWord).toList()));
    }

    private static long total(List<Sum> sums, ToLongFunction<Sum> figure) {
        return sums.stream().mapToLong(figure).sum();
    }

    private static List<Long> added(List<List<Long>> histograms) {
        return IntStream.range(0, Histogram.SPANS)
                .mapToObj(span ->
                        histograms.stream().mapToLong(one -> one.get(span)).sum())
                .toList();
    }
}
