package dev.parley.seed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.random.RandomGenerator;

/// What the made-up people write in. As in real texts, a word is as frequent as its place in the list is small: the
/// listed words first, then two of them joined, some thousands of which stand in hardly any message.
final class Language {
    private static final int MOST_WORDS = 20_000;
    private static final List<Language> ALL = List.of(
            new Language("english", 62, " ", ". "),
            new Language("german", 13, " ", ". "),
            new Language("russian", 8, " ", ". "),
            new Language("japanese", 9, "", "。"),
            new Language("chinese", 5, "", "。"),
            new Language("arabic", 3, " ", ". "));

    final String space;
    final String stop;
    private final int percent;
    private final List<String> words;
    private final List<String> nouns;
    private final int count;

    private Language(String name, int percent, String space, String stop) {
        this.percent = percent;
        this.space = space;
        this.stop = stop;
        words = read(name);
        nouns = words.subList(words.size() / 3, words.size());
        count = Math.min(MOST_WORDS, words.size() + nouns.size() * nouns.size());
    }

    /// Most write in one language, some in another.
    static Language any(RandomGenerator random) {
        int drawn = random.nextInt(100);
        for (Language language : ALL) {
            drawn -= language.percent;
            if (drawn < 0) {
                return language;
            }
        }
        return ALL.getFirst();
    }

    /// The logarithm of the rank is uniform: a word's probability is the inverse of its rank.
    String word(RandomGenerator random) {
        return word((int) Math.exp(random.nextDouble() * Math.log(count + 1)) - 1);
    }

    private String word(int rank) {
        if (rank < words.size()) {
            return words.get(rank);
        }
        int pair = rank - words.size();
        int first = pair % nouns.size();
        int second = (first + pair / nouns.size()) % nouns.size();
        return nouns.get(first) + nouns.get(second).toLowerCase(Locale.ROOT);
    }

    private static List<String> read(String name) {
        try (InputStream file = Language.class.getResourceAsStream("/seed/" + name + ".txt")) {
            return List.of(new String(Objects.requireNonNull(file).readAllBytes(), UTF_8).split("\\s+"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
