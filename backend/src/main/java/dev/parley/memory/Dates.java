package dev.parley.memory;

import dev.parley.shared.Letters;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The days that a question speaks of, in English and German: "in May 2023", "last week", "vor drei Tagen".
final class Dates {
    private static final List<List<String>> MONTHS = List.of(
            List.of("january", "jan", "januar"),
            List.of("february", "feb", "februar"),
            List.of("march", "mar", "marz", "maerz"),
            List.of("april", "apr"),
            List.of("may", "mai"),
            List.of("june", "jun", "juni"),
            List.of("july", "jul", "juli"),
            List.of("august", "aug"),
            List.of("september", "sept", "sep"),
            List.of("october", "oct", "oktober", "okt"),
            List.of("november", "nov"),
            List.of("december", "dec", "dezember", "dez"));
    private static final Map<String, Integer> MONTH_NUMBERS = IntStream.rangeClosed(1, 12)
            .boxed()
            .flatMap(number -> MONTHS.get(number - 1).stream().map(name -> Map.entry(name, number)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    private static final Map<String, DayOfWeek> DAYS = Map.ofEntries(
            Map.entry("monday", DayOfWeek.MONDAY),
            Map.entry("tuesday", DayOfWeek.TUESDAY),
            Map.entry("wednesday", DayOfWeek.WEDNESDAY),
            Map.entry("thursday", DayOfWeek.THURSDAY),
            Map.entry("friday", DayOfWeek.FRIDAY),
            Map.entry("saturday", DayOfWeek.SATURDAY),
            Map.entry("sunday", DayOfWeek.SUNDAY),
            Map.entry("montag", DayOfWeek.MONDAY),
            Map.entry("dienstag", DayOfWeek.TUESDAY),
            Map.entry("mittwoch", DayOfWeek.WEDNESDAY),
            Map.entry("donnerstag", DayOfWeek.THURSDAY),
            Map.entry("freitag", DayOfWeek.FRIDAY),
            Map.entry("samstag", DayOfWeek.SATURDAY),
            Map.entry("sonntag", DayOfWeek.SUNDAY));
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("a", 1),
            Map.entry("an", 1),
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("ten", 10),
            Map.entry("einem", 1),
            Map.entry("einer", 1),
            Map.entry("zwei", 2),
            Map.entry("drei", 3),
            Map.entry("vier", 4),
            Map.entry("funf", 5),
            Map.entry("sechs", 6),
            Map.entry("zehn", 10));
    /// The month that a season begins in.
    private static final Map<String, Integer> SEASONS = Map.of(
            "spring", 3, "summer", 6, "fall", 9, "autumn", 9, "winter", 12, "fruhling", 3, "sommer", 6, "herbst", 9);

    private static final String MONTH = "(" + alternatives(MONTH_NUMBERS) + ")";
    private static final String COUNT = "(\\d{1,3}|" + alternatives(NUMBERS) + ")";

    /// The first that matches a stretch takes it.
    private static final List<Form> FORMS = List.of(
            form("(\\d{4})-(\\d{2})-(\\d{2})", (m, _) -> day(number(m, 1), number(m, 2), number(m, 3))),
            form("(\\d{1,2})\\. ?(\\d{1,2})\\. ?(\\d{4})", (m, _) -> day(number(m, 3), number(m, 2), number(m, 1))),
            form(
                    "(\\d{1,2})(?:st|nd|rd|th|\\.)? (?:of )?" + MONTH + "(?:,? (\\d{4}))?",
                    (m, now) -> day(m.group(3), month(m, 2), number(m, 1), now)),
            form(
                    MONTH + " (\\d{1,2})(?:st|nd|rd|th)?(?:,? (\\d{4}))?",
                    (m, now) -> day(m.group(3), month(m, 1), number(m, 2), now)),
            form(MONTH + ",?(?: of)? (\\d{4})", (m, _) -> month(number(m, 2), month(m, 1))),
            form(
                    "(?:in|im|of|during|since|until|by|last|next|early|late|mid|seit|letzten|anfang|ende|mitte) "
                            + MONTH,
                    (m, now) -> month(latest(month(m, 1), now), month(m, 1))),
            form(
                    "(" + alternatives(SEASONS) + ")(?: of)? (\\d{4})",
                    (m, _) -> months(number(m, 2), SEASONS.getOrDefault(m.group(1), 1), 3)),
            form(
                    "(?:in|during|last|this|im|letzten|diesen) (?:the )?(" + alternatives(SEASONS) + ")",
                    (m, now) -> season(SEASONS.getOrDefault(m.group(1), 1), now)),
            form("((?:19|20)\\d{2})", (m, _) -> months(number(m, 1), 1, 12)),
            form("day before yesterday|vorgestern", (_, now) -> days(now.minusDays(2), 1)),
            form("yesterday|last night|gestern", (_, now) -> days(now.minusDays(1), 1)),
            form("today|tonight|heute", (_, now) -> days(now, 1)),
            form(COUNT + " days? ago|vor " + COUNT + " tag(?:en)?", (m, now) -> days(now.minusDays(count(m)), 1)),
            form(
                    COUNT + " weeks? ago|vor " + COUNT + " wochen?",
                    (m, now) -> days(now.minusWeeks(count(m)).minusDays(3), 7)),
            form(
                    COUNT + " months? ago|vor " + COUNT + " monat(?:en)?",
                    (m, now) -> month(YearMonth.from(now.minusMonths(count(m))))),
            form(
                    COUNT + " years? ago|vor " + COUNT + " jahr(?:en)?",
                    (m, now) -> months(now.getYear() - count(m), 1, 12)),
            form(
                    "last week|letzte woche|vergangene woche",
                    (_, now) -> days(monday(now).minusWeeks(1), 7)),
            form("this week|diese woche", (_, now) -> days(monday(now), 7)),
            form("last weekend|letztes wochenende", (_, now) -> days(monday(now).minusDays(2), 2)),
            form(
                    "last month|letzten monat|vergangenen monat",
                    (_, now) -> month(YearMonth.from(now).minusMonths(1))),
            form("this month|diesen monat", (_, now) -> month(YearMonth.from(now))),
            form("last year|letztes jahr|vergangenes jahr", (_, now) -> months(now.getYear() - 1, 1, 12)),
            form("this year|dieses jahr", (_, now) -> months(now.getYear(), 1, 12)),
            form(
                    "(?:last|on|letzten|am) (" + alternatives(DAYS) + ")",
                    (m, now) -> days(
                            now.with(TemporalAdjusters.previous(DAYS.getOrDefault(m.group(1), DayOfWeek.MONDAY))), 1)));

    private Dates() {}

    /// @param from the first day
    /// @param to the last day
    record Range(LocalDate from, LocalDate to) {}

    /// @param rest the text without what spoke of days
    record Found(List<Range> ranges, String rest) {}

    private record Form(Pattern pattern, BiFunction<MatchResult, LocalDate, @Nullable Range> range) {}

    /// @param folded as [Terms#folded] makes it
    static Found in(String folded, LocalDate today) {
        List<Range> ranges = new ArrayList<>();
        String rest = folded;
        for (Form form : FORMS) {
            Matcher matcher = form.pattern.matcher(rest);
            StringBuilder without = new StringBuilder();
            while (matcher.find()) {
                Range range = form.range.apply(matcher, today);
                if (range != null) {
                    ranges.add(range);
                    matcher.appendReplacement(without, " ");
                }
            }
            rest = matcher.appendTail(without).toString();
        }
        return new Found(List.copyOf(ranges), rest);
    }

    private static Form form(String pattern, BiFunction<MatchResult, LocalDate, @Nullable Range> range) {
        return new Form(Pattern.compile("(?<![\\p{L}\\d])(?:" + pattern + ")(?![\\p{L}\\d])"), range);
    }

    private static String alternatives(Map<String, ?> words) {
        // The longer one first, or "mar" would be all that is taken of "march".
        return words.keySet().stream()
                .sorted((one, other) -> Integer.compare(other.length(), one.length()))
                .collect(Collectors.joining("|"));
    }

    private static int number(MatchResult match, int group) {
        return Integer.parseInt(match.group(group));
    }

    private static int month(MatchResult match, int group) {
        return MONTH_NUMBERS.getOrDefault(Letters.lower(match.group(group)), 1);
    }

    private static int count(MatchResult match) {
        String word = match.group(1) == null ? match.group(2) : match.group(1);
        Integer named = NUMBERS.get(word);
        return named == null ? Integer.parseInt(word) : named;
    }

    private static @Nullable Range day(@Nullable String year, int month, int day, LocalDate now) {
        return day(year == null ? latest(month, now) : Integer.parseInt(year), month, day);
    }

    private static @Nullable Range day(int year, int month, int day) {
        try {
            return days(LocalDate.of(year, month, day), 1);
        } catch (DateTimeException e) {
            return null; // no such day: the words mean something else
        }
    }

    private static Range days(LocalDate from, int count) {
        return new Range(from, from.plusDays(count - 1L));
    }

    private static Range month(int year, int month) {
        return months(year, month, 1);
    }

    private static Range month(YearMonth month) {
        return months(month.getYear(), month.getMonthValue(), 1);
    }

    private static Range months(int year, int first, int count) {
        LocalDate from = LocalDate.of(year, first, 1);
        return new Range(from, from.plusMonths(count).minusDays(1));
    }

    /// The last time that it was this season, or is.
    private static Range season(int firstMonth, LocalDate now) {
        return months(latest(firstMonth, now), firstMonth, 3);
    }

    private static int latest(int month, LocalDate now) {
        return month > now.getMonthValue() ? now.getYear() - 1 : now.getYear();
    }

    private static LocalDate monday(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
