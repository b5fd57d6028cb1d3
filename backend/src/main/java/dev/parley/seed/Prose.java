package dev.parley.seed;

import java.util.Locale;
import java.util.random.RandomGenerator;

/// Questions and answers that mean nothing and look like some: paragraphs, lists, tables and code, few of them long.
final class Prose {
    private static final int QUESTION_WORDS = 12;
    private static final int ANSWER_WORDS = 90;
    private static final int MOST_WORDS = 1_500;

    private final Language language;
    private final RandomGenerator random;

    Prose(Language language, RandomGenerator random) {
        this.language = language;
        this.random = random;
    }

    String title() {
        return capital(words(2 + random.nextInt(4)));
    }

    String question() {
        StringBuilder question = new StringBuilder();
        for (int left = length(QUESTION_WORDS); left > 0; ) {
            int words = Math.min(left, 4 + random.nextInt(12));
            question.append(sentence(words));
            left -= words;
        }
        question.setLength(question.length() - language.stop.length());
        return question.append(language.space.isEmpty() ? "？" : "?").toString();
    }

    String answer() {
        StringBuilder answer = new StringBuilder();
        for (int left = length(ANSWER_WORDS); left > 0; ) {
            int words = Math.min(left, 15 + random.nextInt(60));
            answer.append(answer.isEmpty() ? "" : "\n\n").append(block(words));
            left -= words;
        }
        return answer.toString();
    }

    /// Half of all texts are shorter than `median`, one in a hundred is ten times as long.
    private int length(int median) {
        return (int) Math.clamp(median * Math.exp(random.nextGaussian()), 3, MOST_WORDS);
    }

    private String block(int words) {
        int kind = random.nextInt(100);
        if (kind < 6) {
            return code(words);
        }
        if (kind < 10) {
            return table(words);
        }
        if (kind < 26) {
            return list(words);
        }
        return (kind < 34 ? "## " + title() + "\n\n" : "") + paragraph(words);
    }

    private String paragraph(int words) {
        StringBuilder paragraph = new StringBuilder();
        for (int left = words; left > 0; ) {
            int some = Math.min(left, 5 + random.nextInt(14));
            paragraph.append(sentence(some));
            left -= some;
        }
        return paragraph.toString().stripTrailing();
    }

    private String list(int words) {
        StringBuilder list = new StringBuilder();
        for (int left = words; left > 0; left -= 8) {
            list.append(list.isEmpty() ? "- " : "\n- ");
            if (random.nextInt(3) == 0) {
                list.append("**").append(words(2)).append("** ");
            }
            list.append(words(Math.min(left, 8)));
        }
        return list.toString();
    }

    private String table(int words) {
        StringBuilder table = new StringBuilder("| %s | %s |\n| --- | ---: |".formatted(words(1), words(1)));
        for (int left = words; left > 0; left -= 4) {
            table.append("\n| %s | %d |".formatted(words(3), random.nextInt(1000)));
        }
        return table.toString();
    }

    private String code(int words) {
        StringBuilder code = new StringBuilder("```python\ndef measure(samples):\n    total = 0\n");
        for (int left = words; left > 0; left -= 8) {
            code.append("    total += samples[%d]  # %s\n".formatted(random.nextInt(100), words(4)));
        }
        return code.append("    return total\n```").toString();
    }

    private String sentence(int words) {
        return capital(words(words)) + language.stop;
    }

    private String words(int count) {
        StringBuilder words = new StringBuilder(language.word(random));
        for (int i = 1; i < count; i++) {
            words.append(random.nextInt(12) == 0 && !language.space.isEmpty() ? "," : "");
            words.append(language.space).append(language.word(random));
        }
        return words.toString();
    }

    private static String capital(String text) {
        int first = text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(Locale.ROOT) + text.substring(first);
    }
}
