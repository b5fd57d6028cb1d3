package dev.parley.chats;

import dev.parley.chats.SearchText.Token;
import dev.parley.shared.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What somebody looks for: every word of it, the last one perhaps only begun; of a language without spaces its
/// characters side by side.
///
/// @param phrases each a word, or the pairs of a run of characters
/// @param begun the last word, where it may go on; empty otherwise
record SearchQuery(List<List<String>> phrases, String begun) {
    private static final int MOST_WORDS = 20;

    static SearchQuery of(String text) {
        List<Token> tokens = SearchText.tokens(text);
        List<List<String>> phrases = new ArrayList<>();
        String begun = "";
        int words = 0;
        for (int i = 0; i < tokens.size() && words < MOST_WORDS; i++) {
            Token token = tokens.get(i);
            boolean sameRun = i > 0 && token.run() >= 0 && tokens.get(i - 1).run() == token.run();
            if (sameRun && !token.isPair()) {
                continue;
            }
            words++;
            begun = goesOn(token) ? token.word() : "";
            if (sameRun) {
                phrases.getLast().add(token.word());
            } else {
                phrases.add(new ArrayList<>(List.of(token.word())));
            }
        }
        return new SearchQuery(phrases, begun);
    }

    /// Beginnings of a single letter would find nearly everything.
    private static boolean goesOn(Token token) {
        return !token.isPair() && (token.run() >= 0 || token.word().length() > 1);
    }

    boolean isEmpty() {
        return phrases.isEmpty();
    }

    /// As PostgreSQL's type of the same name has it.
    String tsquery(UserId owner) {
        String mark = SearchText.mark(owner);
        String exact = phrases.stream()
                .map(phrase -> phrase.stream()
                        .map(word -> SearchText.quoted(mark + word))
                        .collect(Collectors.joining(" <-> ")))
                .collect(Collectors.joining(" & "));
        return begun.isEmpty() ? exact : exact + ":*";
    }

    /// Whether this word of a text is one of those that are looked for.
    boolean finds(String word) {
        return (!begun.isEmpty() && word.startsWith(begun))
                || phrases.stream().anyMatch(phrase -> phrase.contains(word));
    }
}
