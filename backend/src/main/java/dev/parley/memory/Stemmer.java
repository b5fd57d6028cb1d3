package dev.parley.memory;

/// Porter's algorithm (M. F. Porter, "An algorithm for suffix stripping", 1980): "adopted", "adopting" and "adoption"
/// become one term. Words of other languages are cut in the same way on both sides of a comparison, which is harmless.
final class Stemmer {
    private static final String[][] STEP_2 = {
        {"ational", "ate"}, {"tional", "tion"}, {"enci", "ence"}, {"anci", "ance"}, {"izer", "ize"}, {"abli", "able"},
        {"alli", "al"}, {"entli", "ent"}, {"eli", "e"}, {"ousli", "ous"}, {"ization", "ize"}, {"ation", "ate"},
        {"ator", "ate"}, {"alism", "al"}, {"iveness", "ive"}, {"fulness", "ful"}, {"ousness", "ous"}, {"aliti", "al"},
        {"iviti", "ive"}, {"biliti", "ble"}
    };
    private static final String[][] STEP_3 = {
        {"icate", "ic"}, {"ative", ""}, {"alize", "al"}, {"iciti", "ic"}, {"ical", "ic"}, {"ful", ""}, {"ness", ""}
    };
    private static final String[] STEP_4 = {
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion",
        "al", "er", "ic", "ou"
    };

    private Stemmer() {}

    /// @param word in lower case
    static String stem(String word) {
        if (word.length() < 3 || !isLatin(word)) {
            return word;
        }
        String stem = participle(plural(word));
        if (stem.endsWith("y") && hasVowel(head(stem, 1))) {
            stem = head(stem, 1) + "i";
        }
        stem = replaced(stem, STEP_2);
        stem = replaced(stem, STEP_3);
        return withoutE(withoutSuffix(stem));
    }

    private static boolean isLatin(String word) {
        return word.chars().allMatch(letter -> letter >= 'a' && letter <= 'z');
    }

    private static String plural(String word) {
        if (word.endsWith("sses") || word.endsWith("ies")) {
            return head(word, 2);
        }
        return word.endsWith("s") && !word.endsWith("ss") ? head(word, 1) : word;
    }

    private static String participle(String word) {
        if (word.endsWith("eed")) {
            return measure(head(word, 3)) > 0 ? head(word, 1) : word;
        }
        String stem = word;
        if (word.endsWith("ed") && hasVowel(head(word, 2))) {
            stem = head(word, 2);
        } else if (word.endsWith("ing") && hasVowel(head(word, 3))) {
            stem = head(word, 3);
        }
        if (stem.length() == word.length()) {
            return word;
        }
        if (stem.endsWith("at") || stem.endsWith("bl") || stem.endsWith("iz")) {
            return stem + "e";
        }
        char last = stem.charAt(stem.length() - 1);
        if (endsDouble(stem) && last != 'l' && last != 's' && last != 'z') {
            return head(stem, 1);
        }
        return measure(stem) == 1 && endsShort(stem) ? stem + "e" : stem;
    }

    private static String replaced(String word, String[][] endings) {
        for (String[] ending : endings) {
            if (word.endsWith(ending[0])) {
                String stem = head(word, ending[0].length());
                return measure(stem) > 0 ? stem + ending[1] : word;
            }
        }
        return word;
    }

    private static String withoutSuffix(String word) {
        for (String ending : STEP_4) {
            if (word.endsWith(ending)) {
                String stem = head(word, ending.length());
                boolean allowed = !ending.equals("ion") || stem.endsWith("s") || stem.endsWith("t");
                return allowed && measure(stem) > 1 ? stem : word;
            }
        }
        return word;
    }

    private static String withoutE(String word) {
        String stem = word;
        if (word.endsWith("e")) {
            String head = head(word, 1);
            int measure = measure(head);
            if (measure > 1 || (measure == 1 && !endsShort(head))) {
                stem = head;
            }
        }
        return stem.endsWith("ll") && measure(stem) > 1 ? head(stem, 1) : stem;
    }

    private static String head(String word, int without) {
        return word.substring(0, word.length() - without);
    }

    private static boolean isConsonant(String word, int at) {
        return switch (word.charAt(at)) {
            case 'a', 'e', 'i', 'o', 'u' -> false;
            case 'y' -> at == 0 || !isConsonant(word, at - 1);
            default -> true;
        };
    }

    private static boolean hasVowel(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (!isConsonant(word, i)) {
                return true;
            }
        }
        return false;
    }

    /// How often a vowel is followed by a consonant.
    private static int measure(String word) {
        int measure = 0;
        for (int i = 1; i < word.length(); i++) {
            if (isConsonant(word, i) && !isConsonant(word, i - 1)) {
                measure++;
            }
        }
        return measure;
    }

    private static boolean endsDouble(String word) {
        int last = word.length() - 1;
        return last > 0 && word.charAt(last) == word.charAt(last - 1) && isConsonant(word, last);
    }

    /// Consonant, vowel, consonant other than w, x and y: such a word has lost an e.
    private static boolean endsShort(String word) {
        int last = word.length() - 1;
        if (last < 2 || !isConsonant(word, last) || isConsonant(word, last - 1) || !isConsonant(word, last - 2)) {
            return false;
        }
        char letter = word.charAt(last);
        return letter != 'w' && letter != 'x' && letter != 'y';
    }
}
