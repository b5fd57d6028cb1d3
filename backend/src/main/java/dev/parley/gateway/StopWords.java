package dev.parley.gateway;

import java.util.List;

/// Ends an answer where its asker wants it to end, for models that do not do so by themselves. Holds back what may be
/// the beginning of such a text until it is known.
final class StopWords {
    private final List<String> words;
    private final StringBuilder held = new StringBuilder();
    private boolean found;

    StopWords(List<String> words) {
        this.words = words;
    }

    /// @return what of the answer is certain by now; may be empty
    String add(String text) {
        if (words.isEmpty()) {
            return text;
        }
        held.append(text);
        int end = words.stream()
                .mapToInt(held::indexOf)
                .filter(at -> at >= 0)
                .min()
                .orElse(-1);
        if (end >= 0) {
            found = true;
            return held.substring(0, end);
        }
        int certain = held.length();
        for (String word : words) {
            for (int length = Math.min(word.length() - 1, held.length()); length > 0; length--) {
                if (word.startsWith(held.substring(held.length() - length))) {
                    certain = Math.min(certain, held.length() - length);
                    break;
                }
            }
        }
        String out = held.substring(0, certain);
        held.delete(0, certain);
        return out;
    }

    /// Whether the answer is over; what [#add] gave is the last of it.
    boolean found() {
        return found;
    }

    /// What was held back, when the model has ended by itself.
    String rest() {
        return held.toString();
    }
}
