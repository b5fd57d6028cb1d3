package dev.parley.chats;

import dev.parley.chats.SearchText.Token;
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
            boolean goesOn = i > 0 && token.run() >= 0 && tokens.get(i - 1).run() == token.run();
            if (goesOn && !token.isPair()) {
                continue;
            }
            words++;
            begun = token.isPair() ? "" : token.word();
            if (goesOn) {
                phrases.getLast().add(token.word());
            } else {
                phrases.add(new ArrayList<>(List.of(token.word())));
            }
        }
        return new SearchQuery(phrases, begun);
    }

    boolean isEmpty() {
        return phrases.isEmpty();
    }

    /// As PostgreSQL's type of the same name has it.
    String tsquery() {
        String exact = phrases.stream()
                .map(phrase -> phrase.stream().map(SearchText::quoted).collect(Collectors.joining(" <-> ")))
                .collect(Collectors.joining(" & "));
        return begun.isEmpty() ? exact : exact + ":*";
    }

    /// Whether this word of a text is one of those that are looked for.
    boolean finds(String word) {
        return (!begun.isEmpty() && word.startsWith(begun))
                || phrases.stream().anyMatch(phrase -> phrase.contains(word));
    }
}
