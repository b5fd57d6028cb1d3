package dev.parley.shared;

import java.text.Normalizer;
import java.util.Locale;

/// Spellings of one text made alike, in a time that grows no faster than the text. Java's own ways do not keep to that:
/// putting a run of marks in order takes the square of its length, and lower case costs a third of a millisecond for
/// each capital sigma and a copy of the whole for each dotted capital I.
public final class Letters {
    /// How long a run can get that is put in order.
    private static final int PIECE = 250;

    private static final char SIGMA = 'Σ';
    private static final char DOTTED_I = 'İ';
    private static final int ASCII = 128;

    private Letters() {}

    /// In the lower case that no language changes.
    public static String lower(String text) {
        return (text.indexOf(SIGMA) < 0 && text.indexOf(DOTTED_I) < 0 ? text : withoutTheDear(text))
                .toLowerCase(Locale.ROOT);
    }

    private static String withoutTheDear(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case SIGMA -> plain.append(endsWord(text, at) ? 'ς' : 'σ');
                case DOTTED_I -> plain.append("i\u0307");
                default -> plain.append(text.charAt(at));
            }
        }
        return plain.toString();
    }

    private static boolean endsWord(String text, int at) {
        return at > 0
                && Character.isLetter(text.codePointBefore(at))
                && (at + 1 == text.length() || !Character.isLetter(text.codePointAt(at + 1)));
    }

    /// In this form of Unicode, but for what is longer than [#PIECE] without one ASCII character: there, what stands on
    /// both sides of a cut is not joined.
    public static String normal(String text, Normalizer.Form form) {
        if (text.length() <= PIECE) {
            return Normalizer.normalize(text, form);
        }
        StringBuilder whole = new StringBuilder(text.length());
        int start = 0;
        while (start < text.length()) {
            int end = cut(text, start);
            whole.append(Normalizer.normalize(text.substring(start, end), form));
            start = end;
        }
        return whole.toString();
    }

    /// Nothing joins an ASCII character to what stands before it.
    private static int cut(String text, int start) {
        int most = start + PIECE;
        if (most >= text.length()) {
            return text.length();
        }
        for (int at = most; at > start; at--) {
            if (text.charAt(at) < ASCII) {
                return at;
            }
        }
        return Character.isSurrogatePair(text.charAt(most - 1), text.charAt(most)) ? most - 1 : most;
    }
}
