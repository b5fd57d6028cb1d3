package dev.parley.answers;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/// A chat's name, made of its first question: the first sentence that says something, without markup, cut between
/// words.
final class Title {
    private static final int LONGEST = 60;
    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private static final Pattern CODE = Pattern.compile("```.*?(```|$)", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("!?\\[([^\\]\\n]{0,200})\\]\\([^)\\s]{0,500}\\)");
    private static final Pattern MARKUP = Pattern.compile("(?m)^\\s{0,3}(#{1,6}|>|[-*+]|\\d{1,3}[.)])\\s+|[*_`~]{1,3}");
    private static final Pattern GREETING = Pattern.compile(
            "^(hi|hello|hey|good (morning|afternoon|evening)|hallo|guten (morgen|tag|abend)|bonjour|hola)"
                    + "( there| parley)?[,.! ]+(?=\\S)",
            Pattern.CASE_INSENSITIVE);

    private Title() {}

    static String from(String question) {
        String words = CODE.matcher(question).replaceAll(" ");
        String plain = plain(words.isBlank() ? question : words);
        String greeted = GREETING.matcher(plain).replaceFirst("");
        // "Hi there" is a greeting and nothing else.
        String sentence = firstSentence(greeted.indexOf(' ') < 0 ? plain : greeted);
        String title = capitalised(cut(sentence));
        return title.isEmpty() ? "New chat" : title;
    }

    private static String plain(String text) {
        String unlinked = LINK.matcher(text).replaceAll("$1");
        return MARKUP.matcher(unlinked).replaceAll("").replaceAll("\\s+", " ").strip();
    }

    private static String firstSentence(String text) {
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        sentences.setText(text);
        int end = sentences.next();
        String first = end == BreakIterator.DONE ? text : text.substring(0, end);
        return withoutEnd(first.strip(), sign -> ".!:;,…".indexOf(sign) >= 0);
    }

    private static String cut(String sentence) {
        if (sentence.length() <= LONGEST) {
            return sentence;
        }
        BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
        words.setText(sentence);
        int end = words.preceding(LONGEST);
        String kept = sentence.substring(0, end > LONGEST / 2 ? end : whole(sentence));
        return withoutEnd(kept, sign -> Character.isWhitespace(sign) || PUNCTUATION.indexOf(sign) >= 0)
                        .strip() + "…";
    }

    private static String withoutEnd(String text, IntPredicate isLeftOut) {
        int end = text.length();
        while (end > 0 && isLeftOut.test(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    private static int whole(String sentence) {
        return Character.isLowSurrogate(sentence.charAt(LONGEST)) ? LONGEST - 1 : LONGEST;
    }

    private static String capitalised(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.codePointAt(0);
        return Character.toString(Character.toTitleCase(first)) + text.substring(Character.charCount(first));
    }
}
