package dev.parley.chats;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Text as it is indexed and asked for: words in lower case, and languages without spaces as overlapping pairs of
/// characters, because their single characters say too little and their words have no borders.
final class SearchText {
    private static final int LONGEST_WORD = 200;
    private static final int MOST_TERMS = 20;
    /// PostgreSQL refuses a vector of 1 MiB; a place of a word in it costs two bytes, of which a word has at most 255.
    private static final int LARGEST_VECTOR = 400_000;
    private static final int LARGEST_LETTER = 3;
    private static final int ENTRY = 12;

    private SearchText() {}

    /// The words of `text` in order, for `to_tsvector('simple', …)`: as many as a `tsvector` can hold for certain.
    static String indexed(String text) {
        Set<String> distinct = new HashSet<>();
        StringBuilder indexed = new StringBuilder();
        int size = 0;
        for (String word : words(text, Integer.MAX_VALUE)) {
            if (distinct.add(word)) {
                size += word.length() * LARGEST_LETTER + ENTRY;
            }
            if (size > LARGEST_VECTOR) {
                break;
            }
            indexed.append(indexed.isEmpty() ? "" : " ").append(word);
        }
        return indexed.toString();
    }

    /// `query` as a `tsquery` in which every word must occur, the last one perhaps as a beginning. Empty when there
    /// is no word in it.
    static String asked(String query) {
        List<String> words = words(query, MOST_TERMS);
        StringBuilder terms = new StringBuilder();
        for (String word : words) {
            terms.append(terms.isEmpty() ? "" : " & ").append('\'').append(word).append('\'');
        }
        return terms.isEmpty() ? "" : terms.append(":*").toString();
    }

    /// The words to be marked in a snippet.
    static List<String> words(String text, int most) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int[] letters = text.toLowerCase(Locale.ROOT).codePoints().toArray();
        for (int i = 0; i <= letters.length && words.size() < most; i++) {
            int letter = i < letters.length ? letters[i] : ' ';
            boolean spaceless = isSpaceless(letter);
            if (!spaceless && (Character.isLetterOrDigit(letter) || isMark(letter)) && word.length() < LONGEST_WORD) {
                word.appendCodePoint(letter);
                continue;
            }
            if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
            boolean alone = i == 0 || !isSpaceless(letters[i - 1]);
            if (spaceless && i + 1 < letters.length && isSpaceless(letters[i + 1])) {
                words.add(new String(letters, i, 2));
            } else if (spaceless && alone) {
                words.add(Character.toString(letter));
            }
        }
        return words;
    }

    private static boolean isMark(int letter) {
        int type = Character.getType(letter);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isSpaceless(int letter) {
        return switch (UnicodeScript.of(letter)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }
}
