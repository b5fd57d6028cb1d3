package dev.parley.models;

import dev.parley.shared.Letters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A text as the words that searching compares: without case, endings, and words that every text has.
final class Words {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final Set<String> COMMON = Set.of(
            "know",
            "mean",
            "question",
            "remember",
            "say",
            "think",
            "a",
            "about",
            "after",
            "again",
            "all",
            "also",
            "am",
            "an",
            "and",
            "any",
            "are",
            "as",
            "at",
            "be",
            "been",
            "before",
            "but",
            "by",
            "can",
            "could",
            "did",
            "do",
            "does",
            "explain",
            "for",
            "from",
            "get",
            "give",
            "had",
            "happen",
            "happens",
            "has",
            "have",
            "here",
            "how",
            "i",
            "if",
            "in",
            "into",
            "is",
            "it",
            "its",
            "just",
            "let",
            "like",
            "ll",
            "m",
            "make",
            "many",
            "may",
            "me",
            "much",
            "my",
            "need",
            "no",
            "not",
            "of",
            "on",
            "one",
            "or",
            "our",
            "please",
            "possible",
            "put",
            "re",
            "s",
            "should",
            "show",
            "so",
            "some",
            "t",
            "tell",
            "than",
            "that",
            "the",
            "their",
            "them",
            "then",
            "there",
            "these",
            "they",
            "thing",
            "this",
            "to",
            "try",
            "up",
            "us",
            "use",
            "used",
            "using",
            "ve",
            "very",
            "want",
            "was",
            "way",
            "we",
            "were",
            "what",
            "when",
            "where",
            "which",
            "who",
            "why",
            "will",
            "with",
            "work",
            "works",
            "would",
            "write",
            "you",
            "your");
    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("ai", "model"),
            Map.entry("chatgpt", "openai"),
            Map.entry("conversation", "chat"),
            Map.entry("db", "database"),
            Map.entry("erase", "delete"),
            Map.entry("gpt", "openai"),
            Map.entry("llm", "model"),
            Map.entry("login", "sign"),
            Map.entry("logout", "sign"),
            Map.entry("log", "sign"),
            Map.entry("postgres", "postgresql"),
            Map.entry("remove", "delete"),
            Map.entry("setup", "configure"),
            Map.entry("theme", "dark"));

    private Words() {}

    static List<String> of(String text) {
        return WORD.matcher(Letters.lower(text))
                .results()
                .map(match -> match.group())
                .filter(word -> !COMMON.contains(word) && !isSingleSign(word))
                .map(word -> stem(SAME.getOrDefault(word, word)))
                .toList();
    }

    /// A letter or digit alone says nothing here; in Chinese or Japanese it is a word.
    private static boolean isSingleSign(String word) {
        return word.length() == 1 && word.charAt(0) < 0x80;
    }

    /// Takes off the commonest English endings; that two words which differ in no more become one is all it is for.
    private static String stem(String word) {
        for (String ending : List.of("ing", "ed", "es", "s", "e")) {
            if (word.endsWith(ending) && word.length() - ending.length() >= 3) {
                return stem(word.substring(0, word.length() - ending.length()));
            }
        }
        return word;
    }
}
