package dev.parley.memory;

import dev.parley.shared.Letters;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Text as the terms that are compared: words without case, accents, endings and what every sentence has; pairs of
/// characters where a language puts no spaces. A term is a hash, so that the index of a turn is numbers and not its
/// words.
final class Terms {
    private static final int LONGEST_WORD = 60;
    private static final int MOST = 4_000;

    static final Set<String> COMMON =
            Set.copyOf(List.of(("a about after again all also am an and any are as at be because been"
                            + " before being between both but by can could did do does doing down during each few for from"
                            + " further had has have having he her here hers herself him himself his how i if in into is it its"
                            + " itself just like me more most my myself no nor not now of off on once only or other our ours out"
                            + " over own s same she should so some such t than that the their theirs them themselves then there"
                            + " these they this those through to too under until up very was we were what when where which"
                            + " while who whom why will with would you your yours yourself m re ve ll d don didn doesn isn wasn"
                            + " der die das den dem des ein eine einen einem einer eines und oder aber ist sind war waren bin"
                            + " bist hat habe hast haben hatte ich du er sie es wir ihr mich mir dich dir sich mein meine"
                            + " meinen meinem meiner dein deine nicht auch noch nur zu zum zur mit von vom im in auf fur an als"
                            + " wie was wann wo wer wenn dass")
                    .split(" ")));

    private Terms() {}

    /// The terms of a text in order, without common words.
    static int[] of(String text) {
        return words(text).stream()
                .filter(word -> !COMMON.contains(word))
                .mapToInt(Terms::term)
                .toArray();
    }

    /// Whether a text has all these terms; no text has none.
    static boolean areIn(String text, int[] wanted) {
        Set<Integer> there = Arrays.stream(of(text)).boxed().collect(Collectors.toSet());
        return wanted.length > 0 && Arrays.stream(wanted).allMatch(there::contains);
    }

    static int term(String word) {
        int hash = 0x811c9dc5;
        String stem = Stemmer.stem(word);
        for (int i = 0; i < stem.length(); i++) {
            hash = (hash ^ stem.charAt(i)) * 0x01000193;
        }
        return hash;
    }

    /// Words in lower case without accents, in order.
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int[] letters = folded(text).codePoints().toArray();
        for (int i = 0; i <= letters.length && words.size() < MOST; i++) {
            int letter = i < letters.length ? letters[i] : ' ';
            boolean spaceless = isSpaceless(letter);
            if (!spaceless && Character.isLetterOrDigit(letter)) {
                if (word.length() < LONGEST_WORD) {
                    word.appendCodePoint(letter);
                }
                continue;
            }
            if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
            if (spaceless) {
                boolean pair = i + 1 < letters.length && isSpaceless(letters[i + 1]);
                words.add(new String(letters, i, pair ? 2 : 1));
            }
        }
        return words;
    }

    static String folded(String text) {
        String lower = Letters.lower(text).replace('’', '\'').replace("ß", "ss");
        StringBuilder plain = new StringBuilder(lower.length());
        Letters.normal(lower, Normalizer.Form.NFKD)
                .codePoints()
                .filter(letter -> Character.getType(letter) != Character.NON_SPACING_MARK)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    private static boolean isSpaceless(int letter) {
        return switch (UnicodeScript.of(letter)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }
}
