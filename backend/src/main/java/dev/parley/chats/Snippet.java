package dev.parley.chats;

import java.util.List;
import java.util.Locale;
import org.springframework.web.util.HtmlUtils;

/// The place of a match, as HTML: escaped, with the words found in `<mark>`.
final class Snippet {
    private static final int BEFORE = 60;
    private static final int LENGTH = 200;

    private Snippet() {}

    static String of(String text, List<String> words) {
        String lower = text.toLowerCase(Locale.ROOT);
        // Lower case can change a text's length in a few languages; then positions would lie.
        String searched = lower.length() == text.length() ? lower : text;
        int first = words.stream()
                .mapToInt(searched::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(0);
        int from = whole(text, Math.max(0, first - BEFORE));
        int to = whole(text, Math.min(text.length(), from + LENGTH));
        StringBuilder html = new StringBuilder(from > 0 ? "…" : "");
        int at = from;
        while (at < to) {
            int hit = to;
            int length = 0;
            for (String word : words) {
                int found = searched.indexOf(word, at);
                if (found >= 0 && (found < hit || (found == hit && word.length() > length))) {
                    hit = found;
                    length = word.length();
                }
            }
            html.append(escaped(text.substring(at, Math.min(hit, to))));
            if (length == 0 || hit >= to) {
                break;
            }
            html.append("<mark>")
                    .append(escaped(text.substring(hit, hit + length)))
                    .append("</mark>");
            at = hit + length;
        }
        return html.append(to < text.length() ? "…" : "").toString();
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscape(text.replaceAll("\\s+", " "), "UTF-8");
    }

    private static int whole(String text, int index) {
        boolean inside = index > 0
                && index < text.length()
                && Character.isLowSurrogate(text.charAt(index))
                && Character.isHighSurrogate(text.charAt(index - 1));
        return inside ? index - 1 : index;
    }
}
