package dev.parley.memory;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/// Whether two sentences say the same in other words. Close directions are not enough: "I have two cats" is close to "I
/// have three cats".
final class Likeness {
    static final double CLOSE = 0.92;
    private static final Pattern NAME = Pattern.compile("(?<=[\\p{L}\\d,;:'’\"-] )\\p{Lu}[\\p{L}\\p{M}-]+");
    private static final Pattern NUMBER = Pattern.compile("\\d++(?:[.,:]\\d++)*+");
    private static final Set<String> COUNTS = Set.of(
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "ein",
            "eine", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun", "zehn");
    private static final Set<String> NEGATIONS = Set.of(
            "not", "no", "never", "nor", "without", "don", "doesn", "isn", "wasn", "can", "cannot", "hate", "dislike",
            "nicht", "kein", "keine", "keinen", "nie", "ohne", "hasse");

    private Likeness() {}

    /// Of sentences whose directions are that close.
    static boolean isSame(String one, String other) {
        return matches(NAME, one).equals(matches(NAME, other))
                && numbers(one).equals(numbers(other))
                && among(NEGATIONS, one).equals(among(NEGATIONS, other));
    }

    private static Set<String> numbers(String text) {
        Set<String> numbers = matches(NUMBER, text);
        numbers.addAll(among(COUNTS, text));
        return numbers;
    }

    private static Set<String> among(Set<String> words, String text) {
        Set<String> found = new HashSet<>(Terms.words(text));
        found.retainAll(words);
        return found;
    }

    private static Set<String> matches(Pattern pattern, String text) {
        Set<String> found = new HashSet<>();
        pattern.matcher(text).results().forEach(match -> found.add(Terms.folded(match.group())));
        return found;
    }
}
