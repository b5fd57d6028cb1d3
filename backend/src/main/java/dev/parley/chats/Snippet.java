package dev.parley.chats;

import dev.parley.chats.SearchText.Token;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.web.util.HtmlUtils;

/// The place of a match, as HTML: escaped, with the words found in `<mark>`.
final class Snippet {
    private static final int BEFORE = 60;
    private static final int LENGTH = 200;

    private Snippet() {}

    static String of(String text, SearchQuery query) {
        List<Token> hits = SearchText.tokens(text).stream()
                .filter(token -> query.finds(token.word()))
                .toList();
        int from = whole(text, begin(text, hits));
        int to = whole(text, Math.min(text.length(), from + LENGTH));
        StringBuilder html = new StringBuilder(from > 0 ? "…" : "");
        int at = from;
        for (int i = 0; i < hits.size(); i++) {
            int start = Math.max(at, hits.get(i).start());
            int end = hits.get(i).end();
            // Pairs of characters overlap, and make one mark.
            while (i + 1 < hits.size() && hits.get(i + 1).start() < end) {
                i++;
                end = Math.max(end, hits.get(i).end());
            }
            if (hits.get(i).start() >= from && end <= to && start < end) {
                html.append(escaped(text.substring(at, start)));
                html.append("<mark>")
                        .append(escaped(text.substring(start, end)))
                        .append("</mark>");
                at = end;
            }
        }
        return html.append(escaped(text.substring(at, to)))
                .append(to < text.length() ? "…" : "")
                .toString();
    }

    /// Where most of the words stand close together, and there shortly before the first of them.
    private static int begin(String text, List<Token> hits) {
        int best = 0;
        int most = 0;
        for (int i = 0; i < hits.size(); i++) {
            Set<String> seen = new HashSet<>();
            int end = hits.get(i).start() + LENGTH - BEFORE;
            for (int j = i; j < hits.size() && hits.get(j).end() <= end; j++) {
                seen.add(hits.get(j).word());
            }
            if (seen.size() > most) {
                most = seen.size();
                best = hits.get(i).start();
            }
        }
        int from = Math.max(0, best - BEFORE);
        int space = text.indexOf(' ', from);
        return from > 0 && space >= 0 && space < best ? space + 1 : from;
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
