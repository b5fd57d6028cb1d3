package dev.parley.chats;

import dev.parley.shared.Letters;
import dev.parley.shared.UserId;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// Text as it is indexed: words in lower case, and languages without spaces as overlapping pairs of characters, because
/// their single characters say too little and their words have no borders.
///
/// Words are cut here and not by PostgreSQL, so that text and query are cut alike, whatever the database's locale is.
final class SearchText {
    static final int LONGEST_WORD = 200;
    /// PostgreSQL refuses a vector of 1 MiB.
    private static final int LARGEST_VECTOR = 800_000;

    private static final int LARGEST_LETTER = 3;
    private static final int MARK = 3;
    private static final int ENTRY = 8 + MARK;
    private static final int PLACE = 2;
    /// What a vector holds of a word's places.
    private static final int LAST_PLACE = 16_383;

    private static final int MOST_PLACES = 255;
    private static final int LONG_VOWEL = 'ー';

    private SearchText() {}

    /// A word as it is indexed, and where it stands in the text: from `start` to before `end`.
    ///
    /// @param run the tokens of one run of characters without spaces have the same number; words have -1
    /// @param isPair whether it is two characters of such a run
    record Token(String word, int start, int end, int run, boolean isPair) {}

    /// What `text` is found by, as a literal of type `tsvector`: as many of its words as such a one can hold.
    static String vector(UserId owner, String text) {
        String mark = mark(owner);
        Map<String, Entry> entries = new LinkedHashMap<>();
        int[] size = {0};
        int[] last = {0};
        cut(text, token -> {
            int place = Math.min(last[0] + 1, LAST_PLACE);
            last[0] = place;
            Entry entry = entries.computeIfAbsent(token.word(), word -> new Entry(quoted(mark + word)));
            if (entry.places < MOST_PLACES && (entry.places == 0 || place < LAST_PLACE)) {
                entry.add(place);
                size[0] += entry.places == 1 ? token.word().length() * LARGEST_LETTER + ENTRY : PLACE;
            }
            return size[0] <= LARGEST_VECTOR;
        });
        StringBuilder vector = new StringBuilder();
        for (Entry entry : entries.values()) {
            vector.append(vector.isEmpty() ? "" : " ").append(entry.literal);
        }
        return vector.toString();
    }

    /// A word of a vector with its places: `'water':1,7`.
    private static final class Entry {
        private final StringBuilder literal;
        private int places;

        Entry(String word) {
            literal = new StringBuilder(word.length() + ENTRY).append(word);
        }

        void add(int place) {
            literal.append(places++ == 0 ? ':' : ',').append(place);
        }
    }

    /// What an owner's words begin with in the index, so that those of thousands of others are not looked through with
    /// them. Some owners share it: a query names its owner too.
    static String mark(UserId owner) {
        String id = owner.toString();
        return id.substring(id.length() - MARK);
    }

    static String quoted(String word) {
        return '\'' + word.replace("\\", "\\\\").replace("'", "''") + '\'';
    }

    /// In their order. A run of characters without spaces ends with its last one alone, so that each of them begins
    /// some token.
    static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        cut(text, tokens::add);
        return tokens;
    }

    /// @param wanted whether there shall be more
    private static void cut(String text, Predicate<Token> wanted) {
        int at = 0;
        while (at < text.length()) {
            int letter = text.codePointAt(at);
            if (isSpaceless(letter)) {
                at = pairs(text, at, wanted);
            } else if (Character.isLetterOrDigit(letter)) {
                at = word(text, at, wanted);
            } else {
                at += Character.charCount(letter);
            }
        }
    }

    private static int word(String text, int start, Predicate<Token> wanted) {
        int end = start;
        while (end < text.length() && end - start < LONGEST_WORD) {
            int letter = text.codePointAt(end);
            if (isSpaceless(letter) || !(Character.isLetterOrDigit(letter) || isMark(letter))) {
                break;
            }
            end += Character.charCount(letter);
        }
        Token token = new Token(normal(text.substring(start, end)), start, end, -1, false);
        return wanted.test(token) ? end : text.length();
    }

    private static int pairs(String text, int start, Predicate<Token> wanted) {
        int at = start;
        while (true) {
            int next = at + Character.charCount(text.codePointAt(at));
            boolean isLast = next >= text.length() || !isSpaceless(text.codePointAt(next));
            int end = isLast ? next : next + Character.charCount(text.codePointAt(next));
            if (!wanted.test(new Token(normal(text.substring(at, end)), at, end, start, !isLast))) {
                return text.length();
            }
            if (isLast) {
                return next;
            }
            at = next;
        }
    }

    /// The same for all ways to write a letter: composed or not, of full width or half.
    private static String normal(String word) {
        String lower = Letters.lower(word);
        String normal = Letters.normal(lower, Normalizer.Form.NFKC);
        return normal.length() <= LONGEST_WORD
                ? normal
                : normal.substring(
                        0,
                        Character.isHighSurrogate(normal.charAt(LONGEST_WORD - 1)) ? LONGEST_WORD - 1 : LONGEST_WORD);
    }

    private static boolean isMark(int letter) {
        int type = Character.getType(letter);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isSpaceless(int letter) {
        if (letter < 0xe00) {
            return false;
        }
        return letter == LONG_VOWEL
                || switch (UnicodeScript.of(letter)) {
                    case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR ->
                        Character.isLetterOrDigit(letter) || isMark(letter);
                    default -> false;
                };
    }
}
